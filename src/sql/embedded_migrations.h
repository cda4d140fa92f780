// The schema's migrations, carried inside the binary.
//
// Purpose: a server brings the steps that make its database, so that no file has to travel with it.
// The tables are written at build time from src/ENGINE/migrations/NUMBER_name.sql, numbered from 1
// without gaps. Ownership: static storage; the views
// live as long as the program. Threading: constant, read from anywhere.
#pragma once

#include <span>
#include <string_view>

namespace pastille::sql {

struct EmbeddedMigration {
  int number;             // 1, 2, 3 ...
  std::string_view name;  // "first_tables" of 0001_first_tables.sql
  std::string_view sql;   // the whole file
};

// In order of number.
[[nodiscard]] std::span<const EmbeddedMigration> sqlite_migrations();
[[nodiscard]] std::span<const EmbeddedMigration> postgres_migrations();

}  // namespace pastille::sql
