#include "sqlite/restored_database.h"

#include <array>
#include <string>

#include "app/ports/store.h"
#include "sqlite/data_directory.h"
#include "sqlite/sync_path.h"

namespace pastille {
namespace {

namespace fs = std::filesystem;

// What SQLite keeps beside a database and takes for a part of it.
constexpr std::array kParts = {"-wal", "-journal"};

fs::path beside(const fs::path& database, const std::string& ending) {
  return database.string() + ending;
}

fs::path free_name(const fs::path& database) {
  for (std::size_t number = 1;; ++number) {
    const fs::path name = beside(database, ".before-restore-" + std::to_string(number));
    if (!fs::exists(fs::symlink_status(name))) return name;
  }
}

// The same file under a second name; on a file system that has no such names, a copy.
void keep(const fs::path& file, const fs::path& name) {
  std::error_code code;
  fs::create_hard_link(file, name, code);
  if (!code) return;
  fs::copy_file(file, name);
  sync_path(name);
}

fs::path keep_all(const fs::path& database) {
  const fs::path kept = free_name(database);
  for (const char* part : kParts) {
    const fs::path file = beside(database, part);
    if (fs::exists(file)) keep(file, beside(kept, part));
  }
  keep(database, kept);
  sync_name(kept);
  return kept;
}

}  // namespace

fs::path restored_database(const fs::path& directory) {
  return beside(DataDirectory::database_in(directory), ".restored");
}

std::optional<fs::path> put_restored_in_place(const fs::path& directory) {
  const fs::path waiting = restored_database(directory);
  if (!fs::exists(waiting)) return std::nullopt;
  const fs::path database = DataDirectory::database_in(directory);
  try {
    std::optional<fs::path> kept;
    if (fs::exists(database)) kept = keep_all(database);
    // With the new database they would be read as changes of it.
    for (const char* part : kParts) fs::remove(beside(database, part));
    fs::remove(beside(database, "-shm"));
    fs::rename(waiting, database);
    sync_name(database);
    return kept;
  } catch (const fs::filesystem_error& failure) {
    throw StoreFailure("Cannot put the restored database in place in '" + directory.string() +
                       "': " + failure.code().message() + ".");
  }
}

}  // namespace pastille
