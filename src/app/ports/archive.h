// Paged reading of what is not kept in memory: histories, audit, message texts, kept answers; and
// which nodes there are.
// Thread-safe; methods block on the database, so call them on a reader thread, never on an I/O
// thread. Newest first. Throws StoreFailure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/change.h"

namespace pastille {

// Keyset paging: items older than the item numbered `before` (its row number); 0: from the newest.
struct PageRequest {
  std::uint64_t before = 0;
  std::size_t limit = 50;
};

template <class Item>
struct Page {
  std::vector<Item> items;
  std::vector<std::uint64_t> numbers;  // of their rows
  std::uint64_t total = 0;
  std::uint64_t next_before = 0;  // 0: that was the last page
};

// Own history with the end of each step: nullopt for the present one.
struct OwnHistoryStep {
  OwnHistoryItem item;
  std::optional<Time> to;
};

// Which entries of the audit; what is left out narrows nothing.
struct AuditQuery {
  PageRequest page = {};
  std::optional<UserId> by = {};
  std::string target = {};  // an id as text
  std::string action = {};  // "user.disable", or "user" for all that begin so
  std::optional<bool> refused = {};
  std::optional<Time> since = {};
  std::optional<Time> before = {};  // not included
};

// A process that works on the store, as it says itself there. Times are of the store's clock.
struct NodeShown {
  NodeId id;
  std::string name = {};
  std::string version = {};
  Time started_at = {};
  Time looked_at = {};  // last
  Duration silent_for{};
  std::uint64_t seq = 0;      // up to here it had everything then
  std::uint64_t present = 0;  // its live connections that make a person present
};

struct NodesShown {
  std::uint64_t head = 0;        // seq of the newest event
  std::vector<NodeShown> nodes;  // ascending by id
};

class Archive {
 public:
  virtual ~Archive() = default;
  virtual Page<StatusHistoryItem> status_history(StatusId id, PageRequest page) = 0;
  virtual Page<OwnHistoryStep> own_history(UserId user, PageRequest page) = 0;
  virtual Page<AuditItem> audit(const AuditQuery& wanted) = 0;
  // Both leave out what its reader may not read: messages before `from` (Person::sign_in).
  virtual Page<Message> messages(ConversationId id, MessageId from, PageRequest page) = 0;
  // Texts of these, in any order; what was purged is left out. At most 200 ids.
  virtual std::vector<Message> messages_by_id(const std::vector<MessageId>& ids,
                                              MessageId from) = 0;
  virtual std::optional<AnswerKept> answer(UserId user, const std::string& key) = 0;
  // What is being read fails soon, and what is read later at once: the process ends. Any thread.
  virtual void interrupt() {}
  // None where one process has the store alone.
  virtual NodesShown nodes() { return {}; }
};

}  // namespace pastille
