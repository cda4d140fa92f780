// A history that its person erased may have hundreds of thousands of rows. The commit deletes the
// first limits::kErasedAtOnce of them; where more are left it notes up to which row they are gone,
// in meta under "own_history_erased USER". Readers leave these out at once, and the store forgets
// them in pieces, with the last of them the note. A Database is sqlite/database.h or
// postgres/database.h; all but the reading inside the caller's transaction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/ids.h"
#include "core/limits.h"
#include "sql/store_rows.h"

namespace pastille::sql {

template <class Database>
void erase_own_history(Database& database, UserId user) {
  database
      .statement(
          "DELETE FROM own_history WHERE id IN (SELECT id FROM own_history WHERE \"user\" = ?"
          " ORDER BY id LIMIT ?)")
      .bind(user.number)
      .bind(limits::kErasedAtOnce)
      .run();
  database
      .statement(
          "INSERT INTO meta (key, value) SELECT 'own_history_erased ' || last.\"user\","
          " CAST(last.id AS TEXT) FROM (SELECT \"user\", id FROM own_history WHERE \"user\" = ?"
          " ORDER BY id DESC LIMIT 1) AS last WHERE true"
          " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .bind(user.number)
      .run();
}

// The rows of this person up to here are gone.
template <class Database>
std::int64_t own_history_erased_up_to(Database& database, UserId user) {
  const std::string key = "own_history_erased " + std::to_string(user.number);
  return meta(database, key.c_str()).value_or(0);
}

// Of one person; true: there may be more. Numbers of rows only grow, and what one node notes
// meanwhile another one does not take away.
template <class Database>
bool forget_erased_history(Database& database, std::size_t at_most) {
  auto& note = database.statement(
      "SELECT key, CAST(substr(key, 20) AS BIGINT), CAST(value AS BIGINT) FROM meta"
      " WHERE substr(key, 1, 19) = 'own_history_erased ' LIMIT 1");
  if (!note.step()) return false;
  const std::string key = note.text(0);
  const std::int64_t user = note.integer(1);
  const std::int64_t up_to = note.integer(2);
  note.reset();
  database
      .statement(
          "DELETE FROM own_history WHERE id IN (SELECT id FROM own_history WHERE \"user\" = ?"
          " AND id <= ? ORDER BY id LIMIT ?)")
      .bind(user)
      .bind(up_to)
      .bind(at_most)
      .run();
  database
      .statement(
          "DELETE FROM meta WHERE key = ? AND value = ? AND NOT EXISTS"
          " (SELECT 1 FROM own_history WHERE \"user\" = ? AND id <= ?)")
      .bind(key)
      .bind(std::to_string(up_to))
      .bind(user)
      .bind(up_to)
      .run();
  return true;
}

}  // namespace pastille::sql
