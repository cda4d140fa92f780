// Paged reading beside the writer, on a connection of its own. Thread-safe: one reader at a time.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>

#include "app/ports/archive.h"
#include "sqlite/database.h"

namespace pastille {

class SqliteArchive final : public Archive {
 public:
  // After SqliteStore has opened (and migrated) the database of this directory.
  explicit SqliteArchive(const std::filesystem::path& directory);

  Page<StatusHistoryItem> status_history(StatusId id, PageRequest page) override;
  Page<OwnHistoryStep> own_history(UserId user, PageRequest page) override;
  Page<AuditItem> audit(const AuditQuery& wanted) override;
  Page<Message> messages(ConversationId id, MessageId from, PageRequest page) override;
  std::vector<Message> messages_by_id(const std::vector<MessageId>& ids, MessageId from) override;
  std::optional<AnswerKept> answer(UserId user, const std::string& key) override;
  void interrupt() override;

 private:
  // Calls `read` with the database, and leaves nothing open when it throws.
  template <class Read>
  auto with_database(Read read);

  std::atomic<bool> ended_{false};
  std::mutex mutex_;
  Database database_;  // guarded by mutex_
};

}  // namespace pastille
