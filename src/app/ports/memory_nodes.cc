#include "app/ports/memory_nodes.h"

#include <utility>

namespace pastille {

void MemoryNodes::become_another(std::size_t back) {
  const std::lock_guard lock(mutex_);
  store_.lose_newest(back);
  ++lives_;
}

void MemoryNode::reach() {
  if (cut_) throw StoreFailure("cut off");
}

// As on a new connection: the first who comes begins the epoch.
void MemoryNode::take_up() {
  reach();
  if (nodes_.epoch_of_ != nodes_.lives_) {
    nodes_.store_.begin_epoch();
    nodes_.epoch_of_ = nodes_.lives_;
  }
}

NodeId MemoryNode::join() {
  const std::lock_guard lock(nodes_.mutex_);
  take_up();
  self_ = NodeId{nodes_.next_++};
  const Now now = nodes_.clock_.now();
  nodes_.nodes_[self_] = {now.steady, now.wall};
  seen_life_ = nodes_.lives_;
  return self_;
}

Seen MemoryNode::look(std::uint64_t seq) {
  const std::lock_guard lock(nodes_.mutex_);
  take_up();
  seen_life_ = nodes_.lives_;
  const auto mine = nodes_.nodes_.find(self_);
  if (mine == nodes_.nodes_.end()) return {};
  const Now now = nodes_.clock_.now();
  mine->second = {now.steady, now.wall};
  Seen seen{.held = true};
  const Organisation state = nodes_.store_.load();
  seen.epochs = state.epochs.all();
  if (state.seq < seq) return {};
  seen.missed = nodes_.store_.changes_since(seq);
  seen.others.emplace();
  for (const auto& [id, node] : nodes_.nodes_) {
    if (id == self_) continue;
    seen.others->push_back({.id = id,
                            .silent_for = Duration(now.steady - node.looked),
                            .last_looked = node.looked_at});
  }
  return seen;
}

Organisation MemoryNode::load() {
  reach();
  return nodes_.store_.load();
}

Epoch MemoryNode::begin_epoch() {
  reach();
  return nodes_.store_.begin_epoch();
}

CommitResult MemoryNode::commit(const Batch& batch) {
  if (cut_) return NotCommitted{"cut off"};
  const std::lock_guard lock(nodes_.mutex_);
  const auto mine = nodes_.nodes_.find(self_);
  const Instant now = nodes_.clock_.now().steady;
  if (mine == nodes_.nodes_.end() || now - mine->second.looked >= kLease ||
      seen_life_ != nodes_.lives_) {
    return LookAgain{};
  }
  CommitResult result = nodes_.store_.commit(batch);
  if (!std::holds_alternative<Committed>(result)) return result;
  for (const Event& event : batch.events) {
    for (const Change& change : event.changes) {
      if (const auto* dropped = std::get_if<NodeDropped>(&change))
        nodes_.nodes_.erase(dropped->node);
    }
  }
  if (lose_answer_.exchange(false)) return OutcomeUnknown{"the answer is lost"};
  return result;
}

Settled MemoryNode::settle(const BatchId& id) {
  reach();
  return nodes_.store_.settle(id);
}

std::optional<std::vector<Event>> MemoryNode::changes_since(std::uint64_t seq) {
  reach();
  return nodes_.store_.changes_since(seq);
}

void MemoryNode::note_alive(Time at) {
  reach();
  nodes_.store_.note_alive(at);
}

std::optional<Time> MemoryNode::last_alive() { return nodes_.store_.last_alive(); }

std::string MemoryNode::folding_version() { return nodes_.store_.folding_version(); }

void MemoryNode::note_folding_version(const std::string& version) {
  reach();
  nodes_.store_.note_folding_version(version);
}

std::optional<Time> MemoryNode::newest_event() { return nodes_.store_.newest_event(); }

bool MemoryNode::forget(const Retention& before, std::size_t at_most) {
  reach();
  return nodes_.store_.forget(before, at_most);
}

}  // namespace pastille
