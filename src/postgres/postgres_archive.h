// Paged reading beside the writer, on a connection of its own, made anew when it was lost.
// Thread-safe: one reader at a time.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>

#include "app/ports/archive.h"
#include "postgres/database.h"

namespace pastille::postgres {

class PostgresArchive final : public Archive {
 public:
  // After PostgresStore has migrated the database.
  explicit PostgresArchive(std::string conninfo) : conninfo_(std::move(conninfo)) {}

  Page<StatusHistoryItem> status_history(StatusId id, PageRequest page) override;
  Page<OwnHistoryStep> own_history(UserId user, PageRequest page) override;
  Page<AuditItem> audit(const AuditQuery& wanted) override;
  Page<Message> messages(ConversationId id, MessageId from, PageRequest page) override;
  std::vector<Message> messages_by_id(const std::vector<MessageId>& ids, MessageId from) override;
  std::optional<AnswerKept> answer(UserId user, const std::string& key) override;
  NodesShown nodes() override;
  void interrupt() override { ended_ = true; }

 private:
  // Reads once more on a new connection when the old one turns out to be lost.
  template <class Read>
  auto with_database(Read read);

  std::string conninfo_;
  std::atomic<bool> ended_{false};
  std::mutex mutex_;
  std::optional<Database> database_;  // guarded by mutex_
};

}  // namespace pastille::postgres
