// Who is connected at which node, written to its tables: what sql/write_row.h leaves out; and what
// may be written only by a node that is alone.
#pragma once

#include <string>
#include <variant>

#include "core/change.h"
#include "postgres/database.h"

namespace pastille::postgres {

// One overload a kind; all others are written elsewhere.
class NodeRows {
 public:
  explicit NodeRows(Database& database) : db_(database) {}

  void operator()(const ConnectionOpened& opened) {
    db_.statement(
           "INSERT INTO connections (node, id, \"user\", session, token) VALUES (?,?,?,?,?)"
           " ON CONFLICT DO NOTHING")
        .bind(opened.connection.node.number)
        .bind(opened.connection.id.number)
        .bind(opened.user.number)
        .bind(opened.connection.session.number)
        .bind(opened.connection.token.number)
        .run();
  }
  void operator()(const ConnectionClosed& closed) {
    db_.statement("DELETE FROM connections WHERE node = ? AND id = ?")
        .bind(closed.node.number)
        .bind(closed.connection.number)
        .run();
  }
  void operator()(const NodeDropped& dropped) {
    db_.statement("DELETE FROM nodes WHERE id = ?").bind(dropped.node.number).run();
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  Database& db_;
};

// Unless another node is there, which may write folds of other tables.
inline void note_version_of_folds(Database& database, NodeId self, const std::string& version) {
  database
      .statement(
          "INSERT INTO meta (key, value) SELECT 'folding_version', ?"
          " WHERE NOT EXISTS (SELECT 1 FROM nodes WHERE id <> ?)"
          " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
      .bind(version)
      .bind(self.number)
      .run();
}

}  // namespace pastille::postgres
