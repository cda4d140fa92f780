// The in-memory twin of a store: the same promises, nothing kept after the process. For tests.
// Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/archive.h"
#include "app/ports/store.h"

namespace pastille {

class MemoryStore final : public Store, public Archive {
 public:
  // Who is connected where: as one process keeps it, or several nodes.
  enum class Connections : std::uint8_t { kLeftOut, kStored };
  explicit MemoryStore(Connections connections = Connections::kLeftOut)
      : connections_(connections) {
    stored_.own_id = kOrganisation;
  }

  // As if the last so many events had never been: their state is made again from the others.
  void lose_newest(std::size_t events);

  Organisation load() override;
  Epoch begin_epoch() override;
  CommitResult commit(const Batch& batch) override;
  Settled settle(const BatchId& id) override;
  std::optional<std::vector<Event>> changes_since(std::uint64_t seq) override;
  void note_alive(Time at) override;
  std::optional<Time> last_alive() override;
  std::string folding_version() override;
  void note_folding_version(const std::string& version) override;
  std::optional<Time> newest_event() override;
  bool forget(const Retention& before, std::size_t at_most) override;

  Page<StatusHistoryItem> status_history(StatusId id, PageRequest page) override;
  Page<OwnHistoryStep> own_history(UserId user, PageRequest page) override;
  Page<AuditItem> audit(const AuditQuery& wanted) override;
  Page<Message> messages(ConversationId id, MessageId from, PageRequest page) override;
  std::vector<Message> messages_by_id(const std::vector<MessageId>& ids, MessageId from) override;
  std::optional<AnswerKept> answer(UserId user, const std::string& key) override;

 private:
  template <class Item>
  struct Row {
    std::uint64_t number;
    Item item;
  };

  static constexpr const char* kOrganisation = "0123456789abcdef0123456789abcdef";

  void write(const Change& change);

  const Connections connections_;
  std::mutex mutex_;  // guards all below
  Organisation stored_;
  std::vector<Event> events_;
  std::uint64_t forgotten_up_to_ = 0;  // seq of the newest forgotten event
  std::vector<BatchId> batches_;
  std::optional<Time> alive_;
  std::optional<Time> newest_;
  std::string folding_version_;
  std::uint64_t next_row_ = 1;
  std::vector<Row<StatusHistoryItem>> status_history_;
  std::vector<Row<OwnHistoryItem>> own_history_;
  std::vector<Row<AuditItem>> audit_;
  std::vector<Message> messages_;
  std::map<std::pair<UserId, std::string>, AnswerKept> answers_;
};

}  // namespace pastille
