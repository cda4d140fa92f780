// The in-memory twin of a store of several nodes, for tests: one MemoryNodes is the database, each
// MemoryNode the store of one node on it. By the clock that it is given. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>

#include "app/ports/clock.h"
#include "app/ports/memory_store.h"
#include "app/ports/nodes.h"

namespace pastille {

class MemoryNodes {
 public:
  explicit MemoryNodes(const Clock& clock) : clock_(clock) {}

  MemoryStore& store() { return store_; }
  // The next who comes finds another store: a copy that was put back, a standby that was promoted.
  // `back`: which lacks the newest events.
  void become_another(std::size_t back = 0);

 private:
  friend class MemoryNode;
  struct Node {
    Instant looked;
    Time looked_at;
  };
  const Clock& clock_;
  MemoryStore store_{MemoryStore::Connections::kStored};
  std::mutex mutex_;  // guards all below
  std::map<NodeId, Node> nodes_;
  std::uint64_t next_ = 1;
  int lives_ = 1;     // counts the stores that it was
  int epoch_of_ = 0;  // the one that the last epoch began on
};

class MemoryNode final : public Store, public Nodes {
 public:
  explicit MemoryNode(MemoryNodes& nodes) : nodes_(nodes) {}

  // Nothing goes through to the store any more, until it does again.
  void cut(bool off) { cut_ = off; }
  // The next commit is done, and its answer lost.
  void lose_answer() { lose_answer_ = true; }

  NodeId join() override;
  Seen look(std::uint64_t seq) override;
  void hold() override { reach(); }
  void release() noexcept override {}

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

 private:
  void reach();
  void take_up();

  MemoryNodes& nodes_;
  NodeId self_;
  std::atomic<bool> cut_{false};
  std::atomic<bool> lose_answer_{false};
  int seen_life_ = 0;  // of the store that it looked at last
};

}  // namespace pastille
