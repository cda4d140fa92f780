// One connection to PostgreSQL and its prepared statements, with the same face as
// sqlite/database.h, so that the statements of sql/ run on both. Not thread-safe: one thread at a
// time.
//
// A server that says nothing for kSilence is taken for lost. After PostgresFailure::lost() the
// connection is of no more use: make another.
#pragma once

#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/store.h"
#include "core/time.h"

namespace pastille::postgres {

inline constexpr std::chrono::seconds kSilence{5};
inline constexpr std::chrono::milliseconds kGiveUpAfter{100};

class PostgresFailure : public StoreFailure {
 public:
  PostgresFailure(const std::string& what, std::string sqlstate, bool lost)
      : StoreFailure(what, lost ? Fault::kStore : fault_of(sqlstate)),
        sqlstate_(std::move(sqlstate)),
        lost_(lost) {}
  // Five characters of PostgreSQL's appendix A; "" when it did not come from the server.
  const std::string& sqlstate() const { return sqlstate_; }
  // The connection broke: what was under way may have happened or not.
  bool lost() const { return lost_; }

 private:
  static Fault fault_of(std::string_view sqlstate);

  std::string sqlstate_;
  bool lost_;
};

class Database;

class Statement {
 public:
  // `sql` with ?, or ?1 ?2 ... , for its values. `name`: prepared under it; "" runs it once.
  Statement(Database& database, std::string_view sql, std::string name);

  Statement& bind(std::int64_t value);
  Statement& bind(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(Time value) { return bind(value.time_since_epoch().count()); }
  // Throws for what is no UTF-8 or holds a NUL, which libpq would cut off.
  Statement& bind(std::string_view value);
  Statement& bind(const std::string& value) { return bind(std::string_view(value)); }
  Statement& bind(const char* value) { return bind(std::string_view(value)); }
  Statement& bind(std::span<const std::uint8_t> blob);
  template <class T>
  Statement& bind(const std::optional<T>& value) {
    if (value) return bind(*value);
    bind(T{});
    values_.back().reset();
    return *this;
  }
  Statement& bind_null();  // of the type that its column has

  // The next row; false: there is none, and the statement is ready for new values.
  bool step();
  // For what gives no rows. In a batch it is only sent; Database::end_batch() tells.
  void run();
  void reset();

  std::int64_t integer(int column) const;
  std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  bool boolean(int column) const { return integer(column) != 0; }
  Time time(int column) const { return Time(Duration(integer(column))); }
  std::string text(int column) const;
  std::vector<std::uint8_t> blob(int column) const;
  bool is_null(int column) const;
  std::optional<Time> maybe_time(int column) const {
    return is_null(column) ? std::nullopt : std::optional(time(column));
  }

 private:
  friend class Database;
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };

  Database& database_;
  std::string sql_;  // with $1 $2 ...
  std::string name_;
  bool prepared_ = false;
  std::vector<std::optional<std::string>> values_;
  std::vector<Oid> types_;
  std::unique_ptr<PGresult, Clear> rows_;
  int row_ = -1;
};

class Database {
 public:
  // `conninfo` as postgres/conninfo.h makes it. Throws PostgresFailure; what() has no password.
  explicit Database(const std::string& conninfo);

  // A prepared statement, kept for the next time; `sql` is a literal. Ready for new values, also
  // when whoever used it before was interrupted by an exception.
  Statement& statement(const char* sql);
  // One for this time only.
  Statement prepare(const char* sql) { return {*this, sql, ""}; }
  // One or more statements without values and rows.
  void execute(const std::string& sql);

  // What is run between these two goes out at once, as one transaction, and is answered at once:
  // begin_batch(), any number of run(), end_batch(). Throws what the first failing statement says;
  // then none of them has happened, unless it is lost().
  void begin_batch();
  void end_batch();
  // How long it may say nothing, instead of kSilence: for what takes its time.
  void allow_silence(std::chrono::seconds silence) { silence_ = silence; }
  // What it waits for fails within kGiveUpAfter once this is true; it outlives the connection.
  void give_up_when(const std::atomic<bool>& given_up) { given_up_ = &given_up; }
  // Also when the server has closed it since it was last used.
  bool lost();

 private:
  friend class Statement;
  using Result = std::unique_ptr<PGresult, Statement::Clear>;
  struct Finish {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };

  // Sends it, prepared first where it has a name.
  void send(Statement& statement);
  void sent(int accepted);
  void flush();
  void wait(short events);
  Result next_result();
  // The result of the one statement that was sent; throws when it failed.
  Result only_result();
  [[noreturn]] void fail(const PGresult* result);

  std::unique_ptr<PGconn, Finish> handle_;
  std::map<const char*, Statement> statements_;
  bool batch_ = false;
  std::chrono::seconds silence_ = kSilence;
  const std::atomic<bool>* given_up_ = nullptr;
  // In a batch, for each result to come: the statement that it prepares, or null.
  std::deque<Statement*> awaited_;
};

}  // namespace pastille::postgres
