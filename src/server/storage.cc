#include "server/storage.h"

#include <utility>

#include "pastille/version.h"
#include "postgres/conninfo.h"
#include "postgres/database.h"
#include "postgres/postgres_archive.h"
#include "postgres/postgres_store.h"
#include "sqlite/sqlite_archive.h"
#include "sqlite/sqlite_store.h"

namespace pastille::server {

std::expected<Whereabouts, std::string> whereabouts(const std::filesystem::path& data,
                                                    const std::string& database) {
  constexpr std::string_view kSqlite = "sqlite:";
  Whereabouts where;
  if (!data.empty()) where.directory = std::filesystem::absolute(data);
  if (postgres::is_postgres(database)) {
    if (const auto usable = postgres::conninfo_of(database); !usable) {
      return std::unexpected("--database postgres: " + usable.error());
    }
    where.database = database;
    return where;
  }
  if (database.starts_with(kSqlite) && database.size() > kSqlite.size()) {
    std::string path = database.substr(kSqlite.size());
    if (path.starts_with("///")) path.erase(0, 2);
    where.directory = std::filesystem::absolute(path);
  } else if (!database.empty()) {
    return std::unexpected("--database " + database.substr(0, database.find(':')) +
                           ": give postgres://USER@HOST:PORT/NAME, sqlite:DIR, or a directory with "
                           "--data DIR.");
  }
  if (where.directory.empty()) {
    return std::unexpected(
        "Say where the data is kept: --data DIR or --database URL, PASTILLE_DATA or "
        "PASTILLE_DATABASE in the environment, or data or database in the file.");
  }
  return where;
}

std::string to_text(const Whereabouts& where) {
  return where.embedded() ? where.directory.string() : postgres::without_password(where.database);
}

bool has_organisation(const Whereabouts& where) {
  if (where.embedded()) return std::filesystem::exists(DataDirectory::database_in(where.directory));
  const auto conninfo = postgres::conninfo_of(where.database);
  if (!conninfo) throw StoreFailure(conninfo.error());
  postgres::Database database(*conninfo);
  const auto holds = [&](const char* sql) {
    auto query = database.prepare(sql);
    return query.step() && query.integer(0) > 0;
  };
  // A first start makes the statuses of the system.
  return holds("SELECT count(*) FROM pg_class WHERE oid = to_regclass('statuses')") &&
         holds("SELECT count(*) FROM statuses");
}

Storage open_storage(const Whereabouts& where, const std::string& node, Sharing sharing) {
  Storage storage;
  if (where.embedded()) {
    storage.store = std::make_unique<SqliteStore>(where.directory);
    storage.archive = std::make_unique<SqliteArchive>(where.directory);
    return storage;
  }
  if (!where.directory.empty()) {
    storage.directory = std::make_unique<DataDirectory>(DataDirectory::hold(where.directory));
  }
  const auto conninfo = postgres::conninfo_of(where.database);
  if (!conninfo) throw StoreFailure(conninfo.error());
  using postgres::PostgresStore;
  auto store = std::make_unique<PostgresStore>(
      *conninfo, postgres::NodeName{.name = node, .version = std::string(kVersion)},
      sharing == Sharing::kAlone ? PostgresStore::Use::kAlone : PostgresStore::Use::kShared);
  store->renew_lease_beside();
  storage.nodes = store.get();
  storage.store = std::move(store);
  storage.conninfo = *conninfo;
  storage.archive = std::make_unique<postgres::PostgresArchive>(*conninfo);
  return storage;
}

}  // namespace pastille::server
