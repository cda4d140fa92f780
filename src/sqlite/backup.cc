#include "sqlite/backup.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "sqlite/backup_file.h"
#include "sqlite/data_directory.h"
#include "sqlite/database.h"
#include "sqlite/restored_database.h"
#include "sqlite/schema.h"
#include "sqlite/sync_path.h"

namespace pastille {
namespace {

namespace fs = std::filesystem;

// A step that meets a lock leaves the copy unfinished, and the end of it says nothing of that.
void copy_pages(Database& from, Database& to) {
  sqlite3_backup* copying = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (copying == nullptr) fail(to.handle(), "copy the database");
  const int stepped = sqlite3_backup_step(copying, -1);
  const int finished = sqlite3_backup_finish(copying);
  if (finished != SQLITE_OK) fail(to.handle(), "copy the database");
  if (stepped != SQLITE_DONE) {
    throw StoreFailure(std::string("The database was not copied to its end: ") +
                       sqlite3_errstr(stepped) + ". Try again.");
  }
}

void copy_database(Database& from, const fs::path& to) {
  fs::remove(to);
  Database target(to, Database::Mode::kCreate);
  fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
  copy_pages(from, target);
  // One file that needs no other beside it.
  target.execute("PRAGMA journal_mode = DELETE");
  if (const std::string damage = damage_of(target); !damage.empty()) {
    throw StoreFailure("The copy is damaged (" + damage + "): so is the database, or the disk. " +
                       "See pastille doctor.");
  }
}

class Unfinished {
 public:
  explicit Unfinished(fs::path path) : path_(std::move(path)) {}
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// The whole backup, sealed and on the disk, under a name that is not yet its own.
void write_backup(const fs::path& directory, const fs::path& partial) {
  const fs::path source = DataDirectory::database_in(directory);
  if (!fs::exists(source)) {
    throw StoreFailure("'" + directory.string() + "' holds no database of Pastille.");
  }
  Database from = open_for_reading(source);
  copy_database(from, partial);
  seal_backup(partial);
  sync_path(partial);
}

void write_all(int descriptor, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = write(descriptor, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      throw StoreFailure(std::string("Cannot write the backup: ") + std::strerror(errno) + ".");
    }
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

}  // namespace

void back_up(const fs::path& directory, const fs::path& file) {
  if (fs::exists(file)) {
    throw StoreFailure("'" + file.string() + "' exists already. Give a new name.");
  }
  const Unfinished unfinished(file.string() + ".partial");
  write_backup(directory, unfinished.path());
  fs::rename(unfinished.path(), file);
  sync_name(file);
}

void back_up(const fs::path& directory, int descriptor) {
  const fs::path database = DataDirectory::database_in(directory);
  const Unfinished unfinished(database.string() + ".copy-" + std::to_string(getpid()));
  write_backup(directory, unfinished.path());
  std::ifstream in(unfinished.path(), std::ios::binary);
  std::vector<char> piece(std::size_t{1024} * 1024);
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    write_all(descriptor, piece.data(), static_cast<std::size_t>(in.gcount()));
  }
}

std::optional<fs::path> restore(const fs::path& file, const fs::path& directory) {
  VerifiedBackup backup = verify_backup(file);
  const DataDirectory held = DataDirectory::hold(directory);
  const Unfinished unfinished(held.database().string() + ".restoring");
  copy_database(backup.database, unfinished.path());
  give_to_owner(directory, unfinished.path());
  sync_path(unfinished.path());
  // From here on it happens, whatever ends this process.
  fs::rename(unfinished.path(), restored_database(directory));
  sync_name(held.database());
  return put_restored_in_place(directory);
}

}  // namespace pastille
