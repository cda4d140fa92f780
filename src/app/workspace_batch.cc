// One batch on its way: decided on a draft, committed, published, answered; and what becomes of it
// when the store does not take it.
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <variant>

#include "app/workspace.h"

namespace pastille {
namespace {

constexpr int kDecideMost = 3;  // who loses to other writers that often is refused

BatchId random_batch_id() {
  thread_local std::random_device device;
  BatchId id;
  for (std::uint8_t& each : id) each = static_cast<std::uint8_t>(device());
  return id;
}

std::uint64_t microseconds_since(std::chrono::steady_clock::time_point began) {
  const auto took = std::chrono::steady_clock::now() - began;
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

}  // namespace

void Workspace::settle_batch(std::vector<Task> tasks) {
  if (tasks.empty()) return;
  Refusal failure{.problem = stale() ? Problem::kStale : Problem::kUnavailable,
                  .detail = "The change could not be saved; nothing was changed. Try again.",
                  .retry_after = std::chrono::seconds(1)};
  const RefusalTally tally_before = tally_;
  for (int attempt = 0; attempt < kDecideMost; ++attempt) {
    Draft draft(state_);
    std::vector<Event> events;
    const Batch batch = decide(tasks, draft, events);
    const Outcome outcome = batch.events.empty() ? Outcome::kCommitted : commit(batch);
    if (outcome == Outcome::kCommitted) {
      if (!events.empty()) publish(draft.now(), std::move(events));
      for (Task& task : tasks) task.settle(nullptr);
      return;
    }
    tally_ = tally_before;
    if (outcome == Outcome::kMovedOn) continue;
    if (outcome == Outcome::kUnknown) {
      failure.detail = "The server stops without knowing whether the change was saved. Look again.";
    }
    break;
  }
  settle_without_store(std::move(tasks), failure);
}

// Decides all, one after the other. `events`: everything that changes memory, in order; the batch
// holds those of them that are numbered and stored.
Batch Workspace::decide(std::vector<Task>& tasks, Draft& draft, std::vector<Event>& events) {
  const Context context = this->context();
  Batch batch{.id = random_batch_id(), .expected_seq = state_.seq, .events = {}};
  for (Task& task : tasks) {
    ++figures_.commands;
    Draft mine = draft;
    if (task.decide(mine, context)) {
      draft = std::move(mine);
    } else {
      ++figures_.refusals;
      keep_refusals(draft, mine, context);
    }
    const bool durable = draft.durable();
    Event event{
        .seq = durable ? draft.seq() : 0, .at = context.now.wall, .changes = draft.take_changes()};
    if (event.changes.empty()) continue;
    if (durable) {
      draft.number_event();
      batch.events.push_back(event);
    }
    events.push_back(std::move(event));
  }
  return batch;
}

// Of a refused command only the record of its refusal stays.
void Workspace::keep_refusals(Draft& draft, const Draft& refused, const Context& context) {
  for (const Change& change : refused.changes()) {
    const auto* audit = std::get_if<AuditAdded>(&change);
    if (audit != nullptr && tally_.admit(audit->item, context.now.steady)) draft.change(change);
  }
}

// The batch was not committed. Connections still come and go: they are not stored, and nobody may
// turn Offline because the database is lost. All else is refused; what is to be recorded of it is
// counted, and written when the store can.
void Workspace::settle_without_store(std::vector<Task> tasks, const Refusal& failure) {
  const Context context = this->context();
  for (Task& task : tasks) {
    Draft draft(state_);
    if (!task.decide(draft, context)) {
      for (const Change& change : draft.changes()) {
        if (const auto* audit = std::get_if<AuditAdded>(&change)) {
          tally_.count(audit->item, context.now.steady);
        }
      }
      task.settle(nullptr);
    } else if (draft.durable()) {
      task.settle(&failure);
    } else {
      if (!draft.changes().empty()) {
        Event event{.seq = 0, .at = context.now.wall, .changes = draft.take_changes()};
        publish(draft.now(), {std::move(event)});
      }
      task.settle(nullptr);
    }
  }
}

Workspace::Outcome Workspace::commit(const Batch& batch) {
  if (unsettled_) return Outcome::kUnknown;
  const auto began = std::chrono::steady_clock::now();
  CommitResult result = commit_and_settle(batch);
  if (auto* moved = std::get_if<MovedOn>(&result)) {
    Organisation next = state_;
    for (const Event& event : moved->missed) {
      for (const Change& change : event.changes) next.apply(change);
      next.seq = event.seq;
    }
    publish(std::move(next), std::move(moved->missed));
    return Outcome::kMovedOn;
  }
  if (const auto* failure = std::get_if<NotCommitted>(&result)) {
    ++figures_.failed_batches;
    failed(failure->why);
    return Outcome::kFailed;
  }
  if (std::holds_alternative<OutcomeUnknown>(result)) return Outcome::kUnknown;
  ++figures_.batches;
  figures_.events += batch.events.size();
  figures_.commit_microseconds += microseconds_since(began);
  recovered();
  return Outcome::kCommitted;
}

// When nobody knows the outcome, asks until the store says; no other batch starts before. Stays
// unknown only when the workspace is stopped meanwhile.
CommitResult Workspace::commit_and_settle(const Batch& batch) {
  CommitResult result;
  try {
    result = parts_.store.commit(batch);
  } catch (const StoreFailure& failure) {
    result = OutcomeUnknown{failure.what()};
  }
  const auto* unknown = std::get_if<OutcomeUnknown>(&result);
  if (unknown == nullptr) return result;
  failed(unknown->why);
  while (true) {
    try {
      if (parts_.store.settle(batch.id) == Settled::kThere) return Committed{};
      return NotCommitted{.why = unknown->why};
    } catch (const StoreFailure& failure) {
      tell(failure.what());
    }
    refuse_changes_until_probe();
    unsettled_ = stopping();
    if (unsettled_) return result;
  }
}

// While an outcome is unknown: changes that wait and that come are refused at once. All else is
// decided on what the batch may have changed, so it waits.
void Workspace::refuse_changes_until_probe() {
  const Refusal failure{.problem = Problem::kStale,
                        .detail = "The database takes no changes at present; nothing was changed.",
                        .retry_after = std::chrono::seconds(1)};
  const auto probe_at = std::chrono::steady_clock::now() + kProbeEvery;
  std::vector<Task> kept;
  std::unique_lock lock(mutex_);
  do {
    std::vector<Task> waiting = std::exchange(queue_, {});
    lock.unlock();
    const Context context = this->context();
    for (Task& task : waiting) {
      Draft draft(state_);
      if (task.decide(draft, context) && draft.durable()) {
        task.settle(&failure);
      } else {
        kept.push_back(std::move(task));
      }
    }
    lock.lock();
  } while (woken_.wait_until(lock, probe_at,
                             [&] { return stopping_ || look_again_ || !queue_.empty(); }) &&
           !stopping_ && !look_again_);
  look_again_ = false;
  queue_.insert(queue_.begin(), std::move_iterator(kept.begin()), std::move_iterator(kept.end()));
}

bool Workspace::stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Workspace::publish(Organisation next, std::vector<Event> events) {
  state_ = std::move(next);
  for (const Event& event : events) {
    for (const Change& change : event.changes) deadlines_.follow(change, state_);
  }
  auto after = std::make_shared<const Organisation>(state_);
  {
    const std::lock_guard lock(snapshot_mutex_);
    snapshot_ = after;
  }
  parts_.feed.publish(std::make_shared<const Publication>(
      Publication{.after = std::move(after), .events = std::move(events)}));
}

void Workspace::failed(const std::string& why) {
  if (stale()) return;
  const Now now = parts_.clock.now();
  stale_since_ = now.wall.time_since_epoch().count();
  next_probe_ = now.steady + kProbeEvery;
  tell("The database cannot be written: " + why + " Changes are refused until it can.");
  parts_.feed.stale(now.wall);
}

void Workspace::recovered() {
  if (!stale()) return;
  stale_since_ = 0;
  tell("The database can be written again.");
  parts_.feed.fresh();
}

}  // namespace pastille
