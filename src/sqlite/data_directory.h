// The data directory: DIR/pastille.db (and SQLite's -wal and -shm), DIR/lock. Held by one process
// at a time, by a lock on DIR/lock that the system lets go of when the process ends, however it
// ends. Root works for the user whose directory it is: what root makes there becomes theirs.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/ports/store.h"

namespace pastille {

// The directory cannot be used as it is; what() says why and what to do.
class DirectoryRefused : public StoreFailure {
  using StoreFailure::StoreFailure;
};

// Gives a file in the directory to the directory's owner, where this process is root and may.
void give_to_owner(const std::filesystem::path& directory, const std::filesystem::path& file);

class DataDirectory {
 public:
  // Makes the directory when it does not exist (0700), and ends a restore that was interrupted.
  // Throws DirectoryRefused: held by another
  // process (names its pid), not ours (other files, or a database of something else), not writable.
  static DataDirectory hold(const std::filesystem::path& path);
  // For reading beside a server: no lock.
  static std::filesystem::path database_in(const std::filesystem::path& path) {
    return path / "pastille.db";
  }
  // The process that holds the directory, nullopt when nobody does.
  static std::optional<int> holder(const std::filesystem::path& path);

  DataDirectory(DataDirectory&& other) noexcept;
  DataDirectory& operator=(DataDirectory&&) = delete;
  ~DataDirectory();

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path database() const { return database_in(path_); }

 private:
  DataDirectory(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::filesystem::path path_;
  int lock_;
};

}  // namespace pastille
