#include "server/move.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "postgres/conninfo.h"
#include "postgres/database.h"
#include "server/moved_tables.h"
#include "sqlite/schema.h"

namespace pastille::server {
namespace {

using Sqlite = pastille::Database;
using Postgres = postgres::Database;
using Opened = std::variant<Sqlite, Postgres>;
using Value = std::variant<std::monostate, std::int64_t, std::string, std::vector<std::uint8_t>>;
using Row = std::vector<Value>;

constexpr std::size_t kRowsAtOnce = 1000;  // sent to PostgreSQL before an answer is waited for

template <class Database>
constexpr bool kIsPostgres = std::is_same_v<Database, Postgres>;

Opened open(const Whereabouts& where) {
  if (where.embedded()) return open_for_writing(DataDirectory::database_in(where.directory));
  return Postgres(postgres::conninfo_of(where.database).value());
}

template <class Statement>
Row read_row(const Statement& statement, std::string_view kinds) {
  Row row;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const auto column = static_cast<int>(i);
    if (statement.is_null(column)) {
      row.emplace_back();
    } else if (kinds[i] == 'i') {
      row.emplace_back(statement.integer(column));
    } else if (kinds[i] == 't') {
      row.emplace_back(statement.text(column));
    } else {
      const auto bytes = statement.blob(column);
      row.emplace_back(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
    }
  }
  return row;
}

template <class Statement>
void write_row(Statement& statement, const Row& row) {
  for (const Value& value : row) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      statement.bind(*number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      statement.bind(*text);
    } else if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&value)) {
      statement.bind(std::span<const std::uint8_t>(*bytes));
    } else {
      statement.bind_null();
    }
  }
  statement.run();
}

// All rows, in an order that is the same in both.
template <class Database>
std::string select_all(const MovedTable& table) {
  const char* bytewise = kIsPostgres<Database> ? "COLLATE \"C\"" : "COLLATE BINARY";
  return fmt::format("SELECT {} FROM {} ORDER BY {}", table.columns, table.name,
                     fmt::format(fmt::runtime(table.order), bytewise));
}

template <class Database>
std::string insert_one(const MovedTable& table) {
  std::string marks = "?";
  for (std::size_t i = 1; i < table.kinds.size(); ++i) marks += ",?";
  const char* given_numbers = kIsPostgres<Database> ? "OVERRIDING SYSTEM VALUE " : "";
  return fmt::format("INSERT INTO {} ({}) {}VALUES ({})", table.name, table.columns, given_numbers,
                     marks);
}

template <class From, class To>
std::size_t copy(From& from, To& to, const MovedTable& table) {
  const std::string select = select_all<From>(table);
  const std::string insert = insert_one<To>(table);
  auto source = from.prepare(select.c_str());
  auto target = to.prepare(insert.c_str());
  std::size_t rows = 0;
  if constexpr (kIsPostgres<To>) to.begin_batch();
  while (source.step()) {
    write_row(target, read_row(source, table.kinds));
    ++rows;
    if constexpr (kIsPostgres<To>) {
      if (rows % kRowsAtOnce == 0) {
        to.end_batch();
        to.begin_batch();
      }
    }
  }
  if constexpr (kIsPostgres<To>) to.end_batch();
  return rows;
}

template <class From, class To>
void compare(From& from, To& to, const MovedTable& table) {
  const std::string here = select_all<From>(table);
  const std::string there = select_all<To>(table);
  auto source = from.prepare(here.c_str());
  auto target = to.prepare(there.c_str());
  for (std::size_t row = 1;; ++row) {
    const bool more = source.step();
    if (target.step() != more ||
        (more && read_row(source, table.kinds) != read_row(target, table.kinds))) {
      throw StoreFailure(
          fmt::format("Row {} of {} is not the same in both. Nothing was moved.", row, table.name));
    }
    if (!more) return;
  }
}

// Of tables whose rows may have gone: the greatest number that was ever given.
template <class Database>
std::int64_t given_number(Database& database, const MovedTable& table) {
  std::string sql = fmt::format("SELECT seq FROM sqlite_sequence WHERE name = '{}'", table.name);
  if constexpr (kIsPostgres<Database>) {
    sql = table.numbers == Numbers::kByDatabase
              ? fmt::format(
                    "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence("
                    "'{}', 'id')::regclass), 0)",
                    table.name)
              : fmt::format("SELECT number FROM given_numbers WHERE name = '{}'", table.name);
  }
  auto query = database.prepare(sql.c_str());
  return query.step() ? query.integer(0) : 0;
}

template <class Database>
void set_given_number(Database& database, const MovedTable& table, std::int64_t number) {
  if (number == 0) return;
  if constexpr (!kIsPostgres<Database>) {
    database.execute(fmt::format("DELETE FROM sqlite_sequence WHERE name = '{}'", table.name));
    database.execute(fmt::format("INSERT INTO sqlite_sequence (name, seq) VALUES ('{}', {})",
                                 table.name, number));
  } else if (table.numbers == Numbers::kByDatabase) {
    database.execute(
        fmt::format("SELECT setval(pg_get_serial_sequence('{}', 'id'), {})", table.name, number));
  } else {
    database.execute(fmt::format("INSERT INTO given_numbers (name, number) VALUES ('{}', {})",
                                 table.name, number));
  }
}

// What the organisation knows of itself; the schema's number is each database's own.
template <class From, class To>
void copy_meta(From& from, To& to) {
  auto source = from.prepare("SELECT key, value FROM meta");
  while (source.step()) {
    const std::string key = source.text(0);
    if (key == "schema" || key == "readable_from") continue;
    to.statement(
          "INSERT INTO meta (key, value) VALUES (?,?)"
          " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(key)
        .bind(source.text(1))
        .run();
  }
}

template <class Database>
bool holds_anything(Database& database) {
  auto query = database.prepare("SELECT count(*) FROM people");
  auto events = database.prepare("SELECT count(*) FROM events");
  return (query.step() && query.integer(0) > 0) || (events.step() && events.integer(0) > 0);
}

template <class From, class To>
Moved move_between(From& from, To& to) {
  if (holds_anything(to)) {
    throw StoreFailure(
        "The target holds an organisation already. Give a new directory or a new database.");
  }
  Moved moved;
  if constexpr (kIsPostgres<To>) to.execute("SET idle_in_transaction_session_timeout = 0");
  to.execute("BEGIN");
  for (const MovedTable& table : moved_tables()) {
    moved.rows += copy(from, to, table);
    if (table.numbers != Numbers::kNone) {
      set_given_number(to, table, given_number(from, table));
    }
    ++moved.tables;
  }
  if constexpr (kIsPostgres<To>) {  // epochs never go, so the newest has the greatest number
    to.execute(
        "SELECT setval(pg_get_serial_sequence('epochs', 'number'), max(number)) FROM epochs");
  }
  copy_meta(from, to);
  for (const MovedTable& table : moved_tables()) compare(from, to, table);
  to.execute("COMMIT");
  return moved;
}

}  // namespace

Moved move_organisation(const Whereabouts& from, const Whereabouts& to) {
  // Both are made, brought up to date, and held against others.
  const Storage source = open_storage(from, "", Sharing::kAlone);
  const Storage target = open_storage(to, "", Sharing::kAlone);
  Opened here = open(from);
  Opened there = open(to);
  return std::visit([](auto& source_rows, auto& rows) { return move_between(source_rows, rows); },
                    here, there);
}

}  // namespace pastille::server
