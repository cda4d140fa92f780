// A store in memory that fails on command, for tests of the workspace: each fault strikes one
// commit, in the order given; a hold keeps commits waiting so that others gather behind.
// Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "app/ports/memory_store.h"

namespace pastille {

class FaultyStore final : public Store {
 public:
  enum class Fault : std::uint8_t {
    kNotCommitted,     // the disk is full
    kUnknownThere,     // the answer is lost, the transaction is not
    kUnknownNotThere,  // both are lost
    kThrows,           // the connection is gone before the transaction
    kOtherWriter,      // another node was first, with `others_write`
  };

  MemoryStore memory;
  // Events that it has no place for: who is among them, and what is at fault.
  std::function<std::optional<pastille::Fault>(const Event&)> unstorable;
  // What the other writer does each time.
  std::vector<Change> others_write;

  void strike(std::initializer_list<Fault> faults) {
    const std::lock_guard lock(mutex_);
    faults_.insert(faults_.end(), faults);
  }
  // Nothing can be written or opened until it is mended.
  void set_broken(bool broken) {
    const std::lock_guard lock(mutex_);
    broken_ = broken;
  }
  // After the next commit nothing can be opened: its outcome stays unknown.
  void break_after_commit() {
    const std::lock_guard lock(mutex_);
    break_after_commit_ = true;
  }
  void hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
  }
  void release() {
    {
      const std::lock_guard lock(mutex_);
      held_ = false;
    }
    changed_.notify_all();
  }
  // Until a commit waits behind the hold.
  void await_commit() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_; });
  }
  // Until the outcome of a batch has been asked for in vain so often.
  void await_settle_attempts(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return settle_attempts_ >= count; });
  }
  std::vector<std::size_t> batch_sizes() const {
    const std::lock_guard lock(mutex_);
    return batch_sizes_;
  }

  Organisation load() override { return memory.load(); }
  Epoch begin_epoch() override { return memory.begin_epoch(); }

  CommitResult commit(const Batch& batch) override {
    std::unique_lock lock(mutex_);
    if (held_) {
      waiting_ = true;
      changed_.notify_all();
      changed_.wait(lock, [&] { return !held_; });
      waiting_ = false;
    }
    if (broken_) return NotCommitted{"broken"};
    for (const Event& event : batch.events) {
      const auto fault = unstorable ? unstorable(event) : std::nullopt;
      if (fault) return Unstorable{.fault = *fault, .why = "no place for it"};
    }
    if (faults_.empty()) {
      batch_sizes_.push_back(batch.events.size());
      return memory.commit(batch);
    }
    const Fault fault = faults_.front();
    faults_.pop_front();
    switch (fault) {
      case Fault::kNotCommitted:
        return NotCommitted{"disk full"};
      case Fault::kUnknownThere:
        memory.commit(batch);
        broken_ = std::exchange(break_after_commit_, false);
        return OutcomeUnknown{"connection lost"};
      case Fault::kUnknownNotThere:
        return OutcomeUnknown{"connection lost"};
      case Fault::kThrows:
        throw StoreFailure("no connection");
      case Fault::kOtherWriter:
        break;
    }
    Batch other{.id = {0xee}, .expected_seq = batch.expected_seq, .events = {}};
    other.events.push_back(Event{.seq = batch.expected_seq + 1, .at = {}, .changes = others_write});
    memory.commit(other);
    return memory.commit(batch);
  }

  Settled settle(const BatchId& id) override {
    const std::lock_guard lock(mutex_);
    if (broken_) {
      ++settle_attempts_;
      changed_.notify_all();
      throw StoreFailure("cannot be opened");
    }
    return memory.settle(id);
  }

  std::optional<std::vector<Event>> changes_since(std::uint64_t seq) override {
    return memory.changes_since(seq);
  }
  void note_alive(Time at) override {
    const std::lock_guard lock(mutex_);
    if (broken_) throw StoreFailure("broken");
    memory.note_alive(at);
  }
  std::optional<Time> last_alive() override { return memory.last_alive(); }
  std::string folding_version() override { return memory.folding_version(); }
  void note_folding_version(const std::string& version) override {
    memory.note_folding_version(version);
  }
  std::optional<Time> newest_event() override { return memory.newest_event(); }
  bool forget(const Retention& before, std::size_t at_most) override {
    return memory.forget(before, at_most);
  }

 private:
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::deque<Fault> faults_;
  bool broken_ = false;
  bool break_after_commit_ = false;
  bool held_ = false;
  bool waiting_ = false;
  int settle_attempts_ = 0;
  std::vector<std::size_t> batch_sizes_;
};

}  // namespace pastille
