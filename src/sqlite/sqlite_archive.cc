#include "sqlite/sqlite_archive.h"

#include "sql/read_pages.h"
#include "sqlite/data_directory.h"
#include "sqlite/schema.h"

namespace pastille {

SqliteArchive::SqliteArchive(const std::filesystem::path& directory)
    : database_(open_for_reading(DataDirectory::database_in(directory))) {}

template <class Read>
auto SqliteArchive::with_database(Read read) {
  const std::lock_guard lock(mutex_);
  if (ended_) throw StoreFailure("The server is stopping.");
  try {
    return read(database_);
  } catch (...) {
    database_.interrupt();
    throw;
  }
}

void SqliteArchive::interrupt() {
  ended_ = true;
  sqlite3_interrupt(database_.handle());  // of any thread, as long as it is open
}

Page<StatusHistoryItem> SqliteArchive::status_history(StatusId id, PageRequest page) {
  return with_database([&](Database& database) { return sql::status_history(database, id, page); });
}

Page<OwnHistoryStep> SqliteArchive::own_history(UserId user, PageRequest page) {
  return with_database([&](Database& database) { return sql::own_history(database, user, page); });
}

Page<AuditItem> SqliteArchive::audit(const AuditQuery& wanted) {
  return with_database([&](Database& database) { return sql::audit(database, wanted); });
}

Page<Message> SqliteArchive::messages(ConversationId id, MessageId from, PageRequest page) {
  return with_database([&](Database& database) { return sql::messages(database, id, from, page); });
}

std::vector<Message> SqliteArchive::messages_by_id(const std::vector<MessageId>& ids,
                                                   MessageId from) {
  return with_database(
      [&](Database& database) { return sql::messages_by_id(database, ids, from); });
}

std::optional<AnswerKept> SqliteArchive::answer(UserId user, const std::string& key) {
  return with_database([&](Database& database) { return sql::answer(database, user, key); });
}

}  // namespace pastille
