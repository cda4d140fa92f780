#include "postgres/postgres_archive.h"

#include "sql/read_pages.h"

namespace pastille::postgres {

template <class Read>
auto PostgresArchive::with_database(Read read) {
  const std::lock_guard lock(mutex_);
  if (ended_) throw StoreFailure("The server is stopping.");
  const bool used_before = database_.has_value();
  if (!database_) database_.emplace(conninfo_);
  database_->give_up_when(ended_);
  try {
    return read(*database_);
  } catch (const PostgresFailure& failure) {
    database_.reset();
    if (!used_before || !failure.lost() || ended_) throw;
  } catch (...) {  // in the midst of an answer
    database_.reset();
    throw;
  }
  database_.emplace(conninfo_);
  database_->give_up_when(ended_);
  return read(*database_);
}

Page<StatusHistoryItem> PostgresArchive::status_history(StatusId id, PageRequest page) {
  return with_database([&](Database& database) { return sql::status_history(database, id, page); });
}

Page<OwnHistoryStep> PostgresArchive::own_history(UserId user, PageRequest page) {
  return with_database([&](Database& database) { return sql::own_history(database, user, page); });
}

Page<AuditItem> PostgresArchive::audit(const AuditQuery& wanted) {
  return with_database([&](Database& database) { return sql::audit(database, wanted); });
}

Page<Message> PostgresArchive::messages(ConversationId id, MessageId from, PageRequest page) {
  return with_database([&](Database& database) { return sql::messages(database, id, from, page); });
}

std::vector<Message> PostgresArchive::messages_by_id(const std::vector<MessageId>& ids,
                                                     MessageId from) {
  return with_database(
      [&](Database& database) { return sql::messages_by_id(database, ids, from); });
}

std::optional<AnswerKept> PostgresArchive::answer(UserId user, const std::string& key) {
  return with_database([&](Database& database) { return sql::answer(database, user, key); });
}

// One statement, so that all of it is of one moment.
NodesShown PostgresArchive::nodes() {
  return with_database([](Database& database) {
    NodesShown shown;
    auto& query = database.statement(
        "SELECT id, name, version, started_at, looked_at, database_now() - looked_at, seq,"
        " (SELECT count(*) FROM connections WHERE node = nodes.id),"
        " (SELECT value FROM meta WHERE key = 'seq')::BIGINT FROM nodes ORDER BY id");
    while (query.step()) {
      shown.nodes.push_back(NodeShown{.id = NodeId{query.number(0)},
                                      .name = query.text(1),
                                      .version = query.text(2),
                                      .started_at = query.time(3),
                                      .looked_at = query.time(4),
                                      .silent_for = Duration(query.integer(5)),
                                      .seq = query.number(6),
                                      .present = query.number(7)});
      shown.head = query.number(8);
    }
    return shown;
  });
}

}  // namespace pastille::postgres
