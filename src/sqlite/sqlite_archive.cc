#include "sqlite/sqlite_archive.h"

#include "sql/read_pages.h"
#include "sqlite/data_directory.h"
#include "sqlite/schema.h"

namespace pastille {

SqliteArchive::SqliteArchive(const std::filesystem::path& directory)
    : database_(open_for_reading(DataDirectory::database_in(directory))) {}

Page<StatusHistoryItem> SqliteArchive::status_history(StatusId id, PageRequest page) {
  const std::lock_guard lock(mutex_);
  return sql::status_history(database_, id, page);
}

Page<OwnHistoryStep> SqliteArchive::own_history(UserId user, PageRequest page) {
  const std::lock_guard lock(mutex_);
  return sql::own_history(database_, user, page);
}

Page<AuditItem> SqliteArchive::audit(const AuditQuery& wanted) {
  const std::lock_guard lock(mutex_);
  return sql::audit(database_, wanted);
}

Page<Message> SqliteArchive::messages(ConversationId id, MessageId from, PageRequest page) {
  const std::lock_guard lock(mutex_);
  return sql::messages(database_, id, from, page);
}

std::vector<Message> SqliteArchive::messages_by_id(const std::vector<MessageId>& ids,
                                                   MessageId from) {
  const std::lock_guard lock(mutex_);
  return sql::messages_by_id(database_, ids, from);
}

std::optional<AnswerKept> SqliteArchive::answer(UserId user, const std::string& key) {
  const std::lock_guard lock(mutex_);
  return sql::answer(database_, user, key);
}

}  // namespace pastille
