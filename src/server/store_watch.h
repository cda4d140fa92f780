// Stands between the workspace and its store and tells what each commit took, for metrics. A short
// command on the command line is no server: for it, the notes that the server was alive are left
// out, so that who was there when the server stopped goes Offline as of then.
//
// Of the workspace thread, like the store; does not own it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "app/ports/store.h"

namespace pastille::server {

using CommitObserver = std::function<void(std::size_t events, std::chrono::microseconds took)>;

class StoreWatch final : public Store {
 public:
  // `observer` may be empty; it is called on the workspace thread.
  StoreWatch(Store& store, bool notes_life, CommitObserver observer)
      : store_(store), notes_life_(notes_life), observer_(std::move(observer)) {}

  Organisation load() override { return store_.load(); }
  Epoch begin_epoch() override { return store_.begin_epoch(); }
  CommitResult commit(const Batch& batch) override {
    const auto began = std::chrono::steady_clock::now();
    CommitResult result = store_.commit(batch);
    if (observer_) {
      observer_(batch.events.size(), std::chrono::duration_cast<std::chrono::microseconds>(
                                         std::chrono::steady_clock::now() - began));
    }
    return result;
  }
  Settled settle(const BatchId& id) override { return store_.settle(id); }
  std::optional<std::vector<Event>> changes_since(std::uint64_t seq) override {
    return store_.changes_since(seq);
  }
  void note_alive(Time at) override {
    if (notes_life_) store_.note_alive(at);
  }
  std::optional<Time> last_alive() override { return store_.last_alive(); }
  std::string folding_version() override { return store_.folding_version(); }
  void note_folding_version(const std::string& version) override {
    store_.note_folding_version(version);
  }
  std::optional<Time> newest_event() override { return store_.newest_event(); }
  bool forget(const Retention& before, std::size_t at_most) override {
    return store_.forget(before, at_most);
  }

 private:
  Store& store_;
  bool notes_life_;
  CommitObserver observer_;
};

}  // namespace pastille::server
