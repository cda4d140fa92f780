// Rows <-> values: one change written to its table, and the whole state read from the tables.
#pragma once

#include "core/organisation.h"
#include "sqlite/database.h"

namespace pastille {

// Inside the caller's transaction. Changes of this process only are left out.
void write_row(Database& database, const Change& change);

// The state of the tables: presence without connections and graces.
Organisation read_organisation(Database& database);

// The columns from `column` on: kind, user.
Author read_author(const Statement& row, int column);

}  // namespace pastille
