// One batch on its way: decided on a draft, committed, published, answered; and what becomes of it
// when the store does not take it.
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <variant>

#include "app/workspace.h"
#include "core/limits.h"

namespace pastille {
namespace {

// Who loses to other writers twice holds them up the third time.
constexpr int kDecideMost = 3;
constexpr int kLookMost = 3;  // the lease or the connection is new: once is enough

BatchId random_batch_id() {
  thread_local std::random_device device;
  BatchId id;
  for (std::uint8_t& each : id) each = static_cast<std::uint8_t>(device());
  return id;
}

// What becomes of the one command that the store could not store.
Refusal refusal_of(const Unstorable& unstorable) {
  if (unstorable.fault == Fault::kContradiction) return internal_fault(unstorable.why);
  return Refusal{.problem = Problem::kInvalid,
                 .detail =
                     "The database has no place for this: a text in it is no Unicode text, or "
                     "is too large. Nothing was changed."};
}

std::uint64_t microseconds_since(std::chrono::steady_clock::time_point began) {
  const auto took = std::chrono::steady_clock::now() - began;
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

}  // namespace

// What changes is committed on the newest state or not at all. Where nothing changes, because all
// is refused or so already, nobody but a look tells whether that is so on the newest state, too.
void Workspace::settle_batch(std::vector<Task> tasks) {
  if (tasks.empty()) return;
  Refusal failure{.problem = stale() ? Problem::kStale : Problem::kUnavailable,
                  .detail = "The change could not be saved; nothing was changed. Try again.",
                  .retry_after = std::chrono::seconds(1)};
  if (shared() && stale()) return settle_without_store(std::move(tasks), failure);
  const RefusalTally tally_before = tally_;
  int looks = 0;
  bool newest = !shared();
  for (int attempt = 0; attempt < kDecideMost;) {
    if (attempt + 1 == kDecideMost && shared()) {
      if (!hold_others()) break;
      newest = true;
    }
    Draft draft(state_, shared());
    const auto before = snapshot_;
    std::vector<Event> events;
    const Batch batch = decide(tasks, draft, events);
    if (batch.events.empty() && !std::exchange(newest, true) && look(parts_.clock.now()) &&
        snapshot_ != before) {
      tally_ = tally_before;
      continue;
    }
    const Outcome outcome = batch.events.empty() ? Outcome::kCommitted : commit(batch, failure);
    if (outcome == Outcome::kCommitted) {
      if (batch.events.empty() && shared()) parts_.nodes->release();
      if (!events.empty()) {
        Organisation next = after(draft, before, events);
        publish(std::move(next), std::move(events));
      }
      for (Task& task : tasks) settle_one(task, nullptr);
      return;
    }
    tally_ = tally_before;
    if (outcome == Outcome::kUnstorable) return settle_halves(std::move(tasks), failure);
    if (outcome == Outcome::kMovedOn) {
      ++attempt;
      continue;
    }
    if (outcome == Outcome::kLookAgain && ++looks < kLookMost && look(parts_.clock.now())) continue;
    if (outcome == Outcome::kUnknown) {
      failure.detail = "The server stops without knowing whether the change was saved. Look again.";
    }
    break;
  }
  settle_without_store(std::move(tasks), failure);
}

// One of the commands cannot be stored. Halves of the batch are tried until it stands alone, so
// that the others are committed and it is refused.
void Workspace::settle_halves(std::vector<Task> tasks, const Refusal& fault) {
  if (tasks.size() == 1) {
    tell("A command could not be stored, and was refused: " + fault.cause);
    tasks.front().fault = fault;
    return settle_one(tasks.front(), nullptr);
  }
  const auto middle = tasks.begin() + static_cast<std::ptrdiff_t>(tasks.size() / 2);
  std::vector<Task> second(std::make_move_iterator(middle), std::make_move_iterator(tasks.end()));
  tasks.erase(middle, tasks.end());
  settle_batch(std::move(tasks));
  settle_batch(std::move(second));
}

// What a rule throws is a fault of this one command: nothing of it stays.
bool Workspace::decide_one(Task& task, Draft& draft, const Context& context) {
  task.fault.reset();
  try {
    return task.decide(draft, context);
  } catch (const std::exception& broken) {
    tell(std::string("A command broke, and was refused: ") + broken.what());
    task.fault = internal_fault(broken.what());
  }
  draft.take_changes();
  return false;
}

void Workspace::settle_one(Task& task, const Refusal* failure) {
  task.settle(task.fault ? &*task.fault : failure);
}

// The state after these events. Where connections came and went while their outcome was unknown,
// the draft does not have them.
Organisation Workspace::after(const Draft& draft, const std::shared_ptr<const Organisation>& before,
                              const std::vector<Event>& events) const {
  if (snapshot_ == before) return draft.now();
  Organisation next = state_;
  for (const Event& event : events) next.apply(event);
  return next;
}

// Decides all, one after the other. `events`: everything that changes memory, in order; the batch
// holds those of them that are numbered and stored.
Batch Workspace::decide(std::vector<Task>& tasks, Draft& draft, std::vector<Event>& events) {
  const Context context = this->context();
  Batch batch{.id = random_batch_id(), .expected_seq = state_.seq, .events = {}};
  for (Task& task : tasks) {
    ++figures_.commands;
    Draft mine = draft;
    if (decide_one(task, mine, context)) {
      draft = std::move(mine);
    } else {
      ++figures_.refusals;
      keep_refusals(draft, mine, context);
    }
    const bool numbered = draft.numbered();
    Event event{
        .seq = numbered ? draft.seq() : 0, .at = context.now.wall, .changes = draft.take_changes()};
    if (event.changes.empty()) continue;
    if (numbered) {
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
    if (audit != nullptr && audit->item.problem && tally_.admit(audit->item, context.now.steady))
      draft.change(change);
  }
}

// The batch was not committed. Connections still come and go: they are not stored, and nobody may
// turn Offline because the database is lost. All else is refused; what is to be recorded of it is
// counted, and written when the store can.
void Workspace::settle_without_store(std::vector<Task> tasks, const Refusal& failure) {
  const Context context = this->context();
  for (Task& task : tasks) {
    Draft draft(state_);
    if (!decide_one(task, draft, context)) {
      for (const Change& change : draft.changes()) {
        const auto* audit = std::get_if<AuditAdded>(&change);
        if (audit != nullptr && audit->item.problem) tally_.count(audit->item, context.now.steady);
      }
      settle_one(task, nullptr);
    } else if (draft.durable()) {
      settle_one(task, &failure);
    } else {
      if (!draft.changes().empty()) keep_in_memory(draft, context.now.wall);
      settle_one(task, nullptr);
    }
  }
}

// Who is connected where, decided on the present state, while nothing can be stored.
void Workspace::keep_in_memory(Draft& draft, Time at) {
  Event event{.seq = 0, .at = at, .changes = draft.take_changes()};
  if (shared()) owe(event.changes);
  publish(draft.now(), {std::move(event)});
}

Workspace::Outcome Workspace::commit(const Batch& batch, Refusal& failure) {
  if (unsettled_) return Outcome::kUnknown;
  const auto began = std::chrono::steady_clock::now();
  CommitResult result = commit_and_settle(batch);
  if (auto* moved = std::get_if<MovedOn>(&result)) {
    ++figures_.moved_on;
    take_in(std::move(moved->missed));
    return Outcome::kMovedOn;
  }
  if (std::holds_alternative<LookAgain>(result)) return Outcome::kLookAgain;
  if (const auto* unstorable = std::get_if<Unstorable>(&result)) {
    failure = refusal_of(*unstorable);
    failure.cause = unstorable->why;
    return Outcome::kUnstorable;
  }
  if (const auto* lost = std::get_if<NotCommitted>(&result)) {
    ++figures_.failed_batches;
    failed(lost->why);
    return Outcome::kFailed;
  }
  if (std::holds_alternative<OutcomeUnknown>(result)) return Outcome::kUnknown;
  ++figures_.batches;
  figures_.events += batch.events.size();
  figures_.commit_microseconds += microseconds_since(began);
  if (shared()) next_batch_ = began + limits::kBatchApart;
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

// While an outcome is unknown: changes that wait and that come are refused at once, connections
// come and go, and who looks is told that it cannot be found out. All else is decided on what the
// batch may have changed, so it waits.
void Workspace::refuse_changes_until_probe() {
  const Refusal failure{.problem = Problem::kStale,
                        .detail = "The database takes no changes at present; nothing was changed.",
                        .retry_after = std::chrono::seconds(1)};
  const auto probe_at = std::chrono::steady_clock::now() + kProbeEvery;
  std::vector<Task> kept;
  bool may_be_back = false;
  std::unique_lock lock(mutex_);
  do {
    std::vector<Task> waiting = std::exchange(queue_, {});
    auto lookers = std::exchange(lookers_, {});
    may_be_back = std::exchange(look_again_, false) && lookers.empty();  // it was heard of
    lock.unlock();
    for (auto& then : lookers) then();
    const Context context = this->context();
    for (Task& task : waiting) {
      Draft draft(state_, shared());
      const bool accepted = decide_one(task, draft, context);
      if (accepted && draft.durable()) {
        settle_one(task, &failure);
      } else if (accepted && !draft.changes().empty()) {
        keep_in_memory(draft, context.now.wall);
        settle_one(task, nullptr);
      } else {
        kept.push_back(std::move(task));
      }
    }
    lock.lock();
  } while (!may_be_back && woken_.wait_until(lock, probe_at, [&] {
    return stopping_ || look_again_ || !queue_.empty();
  }) && !stopping_);
  queue_.insert(queue_.begin(), std::move_iterator(kept.begin()), std::move_iterator(kept.end()));
}

bool Workspace::stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

// The state from now on, for this thread and for snapshot().
std::shared_ptr<const Organisation> Workspace::show(Organisation next) {
  state_ = std::move(next);
  auto shown = std::make_shared<const Organisation>(state_);
  const std::lock_guard lock(snapshot_mutex_);
  snapshot_ = shown;
  return shown;
}

void Workspace::publish(Organisation next, std::vector<Event> events) {
  for (const Event& event : events) {
    for (const Change& change : event.changes) deadlines_.follow(change, next);
  }
  auto after = show(std::move(next));
  parts_.feed.publish(std::make_shared<const Publication>(
      Publication{.after = std::move(after), .events = std::move(events), .node = node_}));
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
  if (!shared()) return;
  to_tell_.opened.merge(owed_.opened);
  to_tell_.closed.merge(owed_.closed);
  owed_ = {};
  deadlines_.put_off_graces(parts_.clock.now().steady + parts_.settings.grace);
  wake();
}

}  // namespace pastille
