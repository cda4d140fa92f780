// One connection to SQLite and its prepared statements. Not thread-safe: one thread at a time.
// What goes wrong is thrown as SqliteFailure.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/ports/store.h"
#include "core/time.h"

namespace pastille {

class SqliteFailure : public StoreFailure {
 public:
  SqliteFailure(const std::string& what, int extended_code)
      : StoreFailure(what, fault_of(extended_code)), code_(extended_code) {}
  int code() const { return code_ & 0xff; }
  int extended_code() const { return code_; }

 private:
  static Fault fault_of(int code);
  int code_;
};

class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  // Throws for what is no UTF-8 or holds a NUL, as PostgreSQL refuses it.
  Statement& bind(std::string_view value);
  Statement& bind(std::int64_t value);
  Statement& bind(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(Time value) { return bind(value.time_since_epoch().count()); }
  Statement& bind(const std::string& value) { return bind(std::string_view(value)); }
  Statement& bind(const char* value) { return bind(std::string_view(value)); }
  Statement& bind(std::span<const std::uint8_t> blob);
  template <class T>
  Statement& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }
  Statement& bind_null();

  // The next row; false: there is none, and the statement is ready for new values.
  bool step();
  // For what gives no rows.
  void run();
  void reset();

  std::int64_t integer(int column) const;
  std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  bool boolean(int column) const { return integer(column) != 0; }
  Time time(int column) const { return Time(Duration(integer(column))); }
  std::string text(int column) const;
  std::span<const std::uint8_t> blob(int column) const;
  bool is_null(int column) const;
  std::optional<Time> maybe_time(int column) const {
    return is_null(column) ? std::nullopt : std::optional(time(column));
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Statement& bound(int code);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int next_ = 1;
};

class Database {
 public:
  enum class Mode : std::uint8_t { kReadWrite, kCreate, kReadOnly };
  Database(const std::string& path, Mode mode);

  // A prepared statement, kept for the next time; `sql` is a literal. Ready for new values, also
  // when whoever used it before was interrupted by an exception.
  Statement& statement(const char* sql);
  // Ends what an exception has interrupted: kept statements would hold on to what they were
  // reading, and a transaction to the lock.
  void interrupt() noexcept;
  // One for this time only.
  Statement prepare(const char* sql) { return {handle_.get(), sql}; }
  // One or more statements without values and rows.
  void execute(const char* sql);
  void execute(const std::string& sql) { execute(sql.c_str()); }
  std::int64_t integer(const char* sql);
  std::string text(const char* sql);
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  sqlite3* handle() { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::map<const char*, Statement> statements_;  // finalized before the handle
};

[[noreturn]] void fail(sqlite3* database, std::string_view doing);

}  // namespace pastille
