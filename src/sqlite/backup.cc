#include "sqlite/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "sqlite/data_directory.h"
#include "sqlite/database.h"
#include "sqlite/schema.h"

namespace pastille {
namespace {

namespace fs = std::filesystem;

void sync_path(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) throw StoreFailure("Cannot open '" + path.string() + "'.");
  const int failed = fsync(file);
  close(file);
  if (failed != 0) throw StoreFailure("Cannot write '" + path.string() + "' to the disk.");
}

void copy_database(Database& from, const fs::path& to) {
  fs::remove(to);
  {
    Database target(to, Database::Mode::kCreate);
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
    sqlite3_backup* copying = sqlite3_backup_init(target.handle(), "main", from.handle(), "main");
    if (copying == nullptr) fail(target.handle(), "copy the database");
    sqlite3_backup_step(copying, -1);
    if (sqlite3_backup_finish(copying) != SQLITE_OK) fail(target.handle(), "copy the database");
    // One file that needs no other beside it.
    target.execute("PRAGMA journal_mode = DELETE");
  }
  sync_path(to);
}

// The new name is durable once its directory is.
void put_in_place(const fs::path& made, const fs::path& name) {
  fs::rename(made, name);
  sync_path(name.has_parent_path() ? name.parent_path() : fs::path("."));
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

 private:
  fs::path path_;
};

}  // namespace

void back_up(const fs::path& directory, const fs::path& file) {
  if (fs::exists(file)) {
    throw StoreFailure("'" + file.string() + "' exists already. Give a new name.");
  }
  const fs::path source = DataDirectory::database_in(directory);
  if (!fs::exists(source)) {
    throw StoreFailure("'" + directory.string() + "' holds no database of Pastille.");
  }
  Database from = open_for_reading(source);
  const fs::path partial = file.string() + ".partial";
  const Unfinished unfinished(partial);
  copy_database(from, partial);
  put_in_place(partial, file);
}

void restore(const fs::path& file, const fs::path& directory) {
  if (!fs::exists(file)) throw StoreFailure("There is no file '" + file.string() + "'.");
  const DataDirectory held = DataDirectory::hold(directory);
  Database from = open_for_reading(file);
  if (const std::string found = from.text("PRAGMA quick_check"); found != "ok") {
    throw StoreFailure("'" + file.string() + "' is damaged (" + found + "). Use another backup.");
  }
  const fs::path target = held.database();
  const fs::path partial = target.string() + ".restoring";
  const Unfinished unfinished(partial);
  copy_database(from, partial);
  if (fs::exists(target)) {
    // Its -wal is part of it: bring both into one file before it is put aside.
    {
      open_for_writing(target).execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    fs::rename(target, target.string() + ".before-restore");
  }
  fs::remove(target.string() + "-wal");
  fs::remove(target.string() + "-shm");
  put_in_place(partial, target);
}

}  // namespace pastille
