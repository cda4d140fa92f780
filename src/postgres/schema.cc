#include "postgres/schema.h"

#include <fmt/format.h>

#include "sql/embedded_migrations.h"
#include "sql/store_rows.h"

namespace pastille::postgres {
namespace {

// Oldest program schema that still reads what this one writes. A release only adds.
constexpr int kReadableFrom = 1;
// Another node may be at it, and an index on a large table takes a while.
constexpr std::chrono::minutes kMigrationWithin{30};

std::int64_t number(Database& database, const char* sql) {
  auto query = database.prepare(sql);
  return query.step() ? query.integer(0) : 0;
}

void bring_up_to_date(Database& database) {
  constexpr const char* kTables =
      "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace ="
      " current_schema()::regnamespace";
  constexpr const char* kMeta =
      "SELECT count(*) FROM pg_proc WHERE proname = 'advance' AND pronamespace ="
      " current_schema()::regnamespace AND to_regclass('meta') IS NOT NULL";
  const bool ours = number(database, kMeta) > 0;
  if (!ours && number(database, kTables) > 0) {
    throw StoreFailure(
        "The database holds tables of another program. Give Pastille a database of its own.");
  }
  const int newest = sql::postgres_migrations().back().number;
  const std::int64_t present = ours ? sql::meta(database, "schema").value_or(0) : 0;
  if (present > newest && sql::meta(database, "readable_from").value_or(present) > newest) {
    throw StoreFailure(fmt::format(
        "The database was written by a newer version of Pastille (schema {}, this one knows {}). "
        "Install that version or a later one.",
        present, newest));
  }
  if (present >= newest) return;
  for (const sql::EmbeddedMigration& each : sql::postgres_migrations()) {
    if (each.number > present) database.execute(std::string(each.sql));
  }
  sql::set_meta(database, "schema", newest);
  sql::set_meta(database, "readable_from", kReadableFrom);
}

}  // namespace

void migrate(Database& database) {
  database.allow_silence(kMigrationWithin);
  database.execute("SET lock_timeout = 0");
  database.execute("BEGIN");
  database.execute(fmt::format("SELECT pg_advisory_xact_lock({})", kMigrationLock));
  bring_up_to_date(database);
  database.execute("COMMIT");
  database.execute("SET lock_timeout = '2s'");
  database.allow_silence(kSilence);
}

}  // namespace pastille::postgres
