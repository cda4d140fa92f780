#include "sqlite/schema.h"

#include <string>
#include <system_error>

#include "sql/embedded_migrations.h"
#include "sqlite/data_directory.h"

namespace pastille {
namespace {

// Oldest program schema that still reads what this one writes. A release only adds.
constexpr int kReadableFrom = 1;

void migrate(Database& database, int present) {
  database.execute("BEGIN IMMEDIATE");
  for (const sql::EmbeddedMigration& each : sql::sqlite_migrations()) {
    if (each.number > present) database.execute(std::string(each.sql));
  }
  database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  database.execute("PRAGMA user_version = " + std::to_string(newest_schema()));
  database.execute("INSERT INTO meta (key, value) VALUES ('readable_from', '" +
                   std::to_string(kReadableFrom) +
                   "') ON CONFLICT (key) DO UPDATE SET value = excluded.value");
  database.execute("COMMIT");
}

// Nothing was ever stored: a first start was interrupted after it had made the file.
bool is_empty(Database& database) {
  return database.integer("PRAGMA application_id") == 0 &&
         database.integer("SELECT count(*) FROM sqlite_schema") == 0;
}

// The first page of what is no database cannot be read.
bool reads_as_empty(Database& database) {
  try {
    return is_empty(database);
  } catch (const SqliteFailure&) {
    return false;
  }
}

[[noreturn]] void refuse_file(const std::filesystem::path& file, const std::string& why) {
  throw DirectoryRefused("'" + file.string() + "' " + why);
}

}  // namespace

int newest_schema() { return sql::sqlite_migrations().back().number; }

void check_is_ours(Database& database, const std::filesystem::path& file) {
  std::int64_t id = 0;
  std::int64_t version = 0;
  try {
    id = database.integer("PRAGMA application_id");
    version = database.integer("PRAGMA user_version");
  } catch (const SqliteFailure& failure) {
    if (failure.code() != SQLITE_NOTADB) throw;
    refuse_file(file,
                "is not a database of Pastille. Give another directory, or restore a backup.");
  }
  if (is_empty(database)) {
    refuse_file(file, "holds nothing yet. Start the server in this directory once.");
  }
  if (id != kApplicationId) {
    refuse_file(file, "is a database of another program. Give another directory with --data.");
  }
  if (version > newest_schema()) {
    const std::string from = database.text("SELECT value FROM meta WHERE key = 'readable_from'");
    if (from.empty() || std::stoi(from) > newest_schema()) {
      refuse_file(file, "was written by a newer version of Pastille (schema " +
                            std::to_string(version) + ", this one knows " +
                            std::to_string(newest_schema()) +
                            "). Install that version or a later one.");
    }
  }
}

Database open_for_writing(const std::filesystem::path& file) {
  bool fresh = !std::filesystem::exists(file) || std::filesystem::file_size(file) == 0;
  Database database(file, Database::Mode::kCreate);
  // SQLite opens what it may not write for reading, and would say so at the first commit only.
  if (sqlite3_db_readonly(database.handle(), "main") != 0) {
    refuse_file(file, "cannot be written. Check its owner and its permissions.");
  }
  if (!fresh) {
    fresh = reads_as_empty(database);
    if (!fresh) check_is_ours(database, file);
  }
  std::error_code not_the_owner;  // doctor tells
  std::filesystem::permissions(
      file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
      not_the_owner);
  if (fresh) give_to_owner(std::filesystem::absolute(file).parent_path(), file);
  database.execute("PRAGMA journal_mode = WAL");
  database.execute("PRAGMA synchronous = FULL");
  database.execute("PRAGMA foreign_keys = ON");
  // What is erased or purged is overwritten: it is personal data.
  database.execute("PRAGMA secure_delete = ON");
  database.execute("PRAGMA temp_store = MEMORY");
  database.execute("PRAGMA journal_size_limit = 67108864");
  const auto present = static_cast<int>(database.integer("PRAGMA user_version"));
  if (present < newest_schema()) migrate(database, present);
  return database;
}

Database open_for_reading(const std::filesystem::path& file) {
  Database database(file, Database::Mode::kReadOnly);
  check_is_ours(database, file);
  return database;
}

}  // namespace pastille
