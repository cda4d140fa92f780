// Bringing a PostgreSQL database up to date. Migrations run in one transaction, under a lock: all
// or none, once.
#pragma once

#include <cstdint>

#include "postgres/database.h"

namespace pastille::postgres {

// Of this program, among the advisory locks of its database: nodes share the first one, and who
// needs the database alone, as the first version did, has it alone.
inline constexpr std::int64_t kWriterLock = 0x5061737401;
inline constexpr std::int64_t kMigrationLock = 0x5061737402;

// Throws PostgresFailure, and StoreFailure for a database of something else or of a newer version.
void migrate(Database& database);

}  // namespace pastille::postgres
