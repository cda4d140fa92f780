#include "sqlite/database.h"

#include <utility>

#include "sql/storable.h"

namespace pastille {
namespace {

// SQLite's own words, and what to do about it.
SqliteFailure failure_of(sqlite3* database, std::string what) {
  const int code = sqlite3_extended_errcode(database);
  what += sqlite3_errmsg(database);
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
      what +=
          ". The database is damaged. Stop the server, keep a copy of the directory, and restore "
          "the newest backup: pastille restore FILE --data DIR.";
      break;
    case SQLITE_FULL:
      what += ". Free some space on the disk of the data directory.";
      break;
    default:  // an open list of SQLite's
      break;
  }
  return {what, code};
}

}  // namespace

Fault SqliteFailure::fault_of(int code) {
  switch (code & 0xff) {
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
      return Fault::kValue;
    case SQLITE_CONSTRAINT:
    case SQLITE_RANGE:
      return Fault::kContradiction;
    default:  // an open list of SQLite's
      return Fault::kStore;
  }
}

void fail(sqlite3* database, std::string_view doing) {
  throw failure_of(database, std::string(doing) + ": ");
}

Statement::Statement(sqlite3* database, std::string_view sql) {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK) {
    fail(database, sql);
  }
  statement_.reset(made);
}

Statement& Statement::bound(int code) {
  if (code == SQLITE_OK) return *this;
  const SqliteFailure failure(
      "A value cannot be given to the database: " + std::string(sqlite3_errstr(code)), code);
  reset();
  throw failure;
}

Statement& Statement::bind(std::int64_t value) {
  return bound(sqlite3_bind_int64(statement_.get(), next_++, value));
}

Statement& Statement::bind(std::string_view value) {
  if (!sql::is_storable(value)) return bound(SQLITE_MISMATCH);
  return bound(sqlite3_bind_text64(statement_.get(), next_++,
                                   value.data() == nullptr ? "" : value.data(), value.size(),
                                   SQLITE_TRANSIENT, SQLITE_UTF8));
}

Statement& Statement::bind(std::span<const std::uint8_t> blob) {
  return bound(
      sqlite3_bind_blob64(statement_.get(), next_++, blob.data(), blob.size(), SQLITE_TRANSIENT));
}

Statement& Statement::bind_null() { return bound(sqlite3_bind_null(statement_.get(), next_++)); }

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3* database = sqlite3_db_handle(statement_.get());
  if (code != SQLITE_DONE) {
    const SqliteFailure failure = failure_of(database, "");
    reset();
    throw failure;
  }
  reset();
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  next_ = 1;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(bytes), size);
}

std::span<const std::uint8_t> Statement::blob(int column) const {
  const auto* bytes =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Database::Database(const std::string& path, Mode mode) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (mode) {
    case Mode::kReadOnly:
      flags |= SQLITE_OPEN_READONLY;
      break;
    case Mode::kReadWrite:
      flags |= SQLITE_OPEN_READWRITE;
      break;
    case Mode::kCreate:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
      break;
  }
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
  handle_.reset(opened);
  if (code != SQLITE_OK) fail(opened, "open " + path);
  sqlite3_busy_timeout(opened, 5000);
}

Statement& Database::statement(const char* sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) {
    found->second.reset();
    return found->second;
  }
  return statements_.emplace(sql, Statement(handle_.get(), sql)).first->second;
}

void Database::interrupt() noexcept {
  for (auto& [sql, statement] : statements_) statement.reset();
  if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(handle_.get(), sql);
  }
}

std::int64_t Database::integer(const char* sql) {
  Statement query(handle_.get(), sql);
  return query.step() ? query.integer(0) : 0;
}

std::string Database::text(const char* sql) {
  Statement query(handle_.get(), sql);
  return query.step() ? query.text(0) : std::string();
}

}  // namespace pastille
