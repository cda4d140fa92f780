// One node among others on a store: takes in what they committed, keeps its lease, takes the silent
// for dead, and begins anew when it was taken for dead itself.
#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "app/workspace.h"
#include "core/limits.h"

namespace pastille {

void Workspace::hear_of(std::uint64_t seq) {
  std::uint64_t known = head_;
  while (known < seq && !head_.compare_exchange_weak(known, seq)) {
  }
  if (known < seq) wake();
}

void Workspace::look_then(std::move_only_function<void()> then) {
  std::unique_lock lock(mutex_);
  if (!stopping_ && lookers_.size() < limits::kLooksWaiting) {
    lookers_.push_back(std::move(then));
    look_again_ = true;
    lock.unlock();
    woken_.notify_one();
    return;
  }
  lock.unlock();
  then();
}

std::optional<Duration> Workspace::lease_age(Instant now) const {
  if (!shared()) return std::nullopt;
  const Duration age = looked_ago(now);
  return age < kLease ? std::optional(age) : std::nullopt;
}

// Batches of a node are some time apart, so that however much changes, several nodes do not keep
// the store from anything else. When it is quiet the next one goes out at once.
Duration Workspace::pace_left() const {
  if (!shared()) return Duration(0);
  const auto left = next_batch_ - std::chrono::steady_clock::now();
  return std::max(std::chrono::ceil<Duration>(left), Duration(0));
}

void Workspace::keep_in_touch() {
  std::vector<std::move_only_function<void()>> asked;
  {
    const std::lock_guard lock(mutex_);
    asked.swap(lookers_);
  }
  const Now now = parts_.clock.now();
  const bool wanted = !asked.empty() || head_ > state_.seq || now.steady >= next_look_;
  if (wanted && !stale()) look(now);
  for (auto& then : asked) then();
}

// False: the store is not to be reached, or this node could not begin anew.
bool Workspace::look(Now now) try {
  next_look_ = now.steady + limits::kLookEvery;
  Seen seen = parts_.nodes->look(state_.seq);
  if (!seen.held || !seen.missed || is_another_store(seen)) {
    begin_anew();
  } else {
    if (seen.epochs.size() != state_.epochs.size()) {
      Organisation next = state_;
      next.epochs = std::move(seen.epochs);
      publish(std::move(next), {});
    }
    take_in(*std::move(seen.missed));
    if (seen.others) watch(*seen.others, now);
  }
  looked_at_ = now.steady.time_since_epoch().count();
  recovered();
  return true;
} catch (const StoreFailure& failure) {
  failed(failure.what());
  return false;
}

// Events that this node has were not there when an epoch that it does not know began.
bool Workspace::is_another_store(const Seen& seen) const {
  const std::size_t known = state_.epochs.size();
  if (seen.epochs.size() < known) return true;
  if (!std::ranges::equal(state_.epochs.all(), std::span(seen.epochs).first(known))) return true;
  return std::ranges::any_of(std::span(seen.epochs).subspan(known),
                             [&](const Epoch& each) { return each.first_seq <= state_.seq; });
}

// The same as every other node does with them. Graces go by the clock of the process, and the
// node that began one is to end it.
void Workspace::take_in(std::vector<Event> missed) {
  if (missed.empty()) return;
  const Now now = parts_.clock.now();
  const Instant ends = now.steady + parts_.settings.grace + limits::kOthersLater;
  Organisation next = state_;
  for (Event& event : missed) {
    for (Change& change : event.changes) {
      auto* grace = std::get_if<GraceSet>(&change);
      if (grace != nullptr && grace->ends) grace->ends = ends;
    }
    next.apply(event);
  }
  figures_.taken_in += missed.size();
  figures_.lag_milliseconds = (now.wall - missed.back().at).count();
  publish(std::move(next), std::move(missed));
}

// A node that was itself cut off gives the others the time of a lease to be heard again.
void Workspace::watch(const std::vector<OtherNode>& others, Now now) {
  const Instant last = Instant(Duration(looked_at_.load()));
  if (!held_since_ || now.steady - last > kLease / 2) held_since_ = now.steady;
  first_ = std::ranges::none_of(
      others, [&](const OtherNode& each) { return each.id < node_ && each.silent_for <= kLease; });
  if (now.steady - *held_since_ < kLease) return;
  const Duration most = first_ ? Duration(kLease) : Duration(kLease + limits::kOthersLater);
  for (const OtherNode& each : others) {
    if (each.silent_for > most && std::ranges::find(dead_, each.id, &OtherNode::id) == dead_.end())
      dead_.push_back(each);
  }
}

// After the state was loaded, which may take longer than a lease holds; what is committed meanwhile
// comes with the next look.
void Workspace::join() {
  node_ = parts_.nodes->join();
  node_number_ = node_.number;
  deadlines_ = Deadlines(parts_.settings, node_);
  const Instant now = parts_.clock.now().steady;
  next_look_ = now;
  looked_at_ = now.time_since_epoch().count();
}

// What this node has published may not be so: everyone who is connected goes and comes back.
void Workspace::begin_anew() {
  Organisation next = parts_.store.load();
  const NodeId before = node_;
  join();
  const Now now = parts_.clock.now();
  await_the_absent(next, now);
  deadlines_.load(next);
  owed_ = to_tell_ = {};
  held_since_ = now.steady;
  // Mostly it is buried already. Where the store is another one, it still has its connections.
  dead_ = {OtherNode{.id = before, .silent_for = {}, .last_looked = now.wall}};
  head_ = next.seq;
  const auto state = show(std::move(next));
  begun_anew_ = true;
  ++figures_.begun_anew;
  tell(
      "This node was taken for dead, or the database is not the one it was: it begins anew, and "
      "who is connected comes again.");
  parts_.feed.begun_anew(state);
}

// Twice another node was faster. False: the store is not to be reached.
bool Workspace::hold_others() {
  try {
    parts_.nodes->hold();
  } catch (const StoreFailure& failure) {
    failed(failure.what());
    return false;
  }
  return look(parts_.clock.now());
}

// Connections that come and go while nothing can be written are told when it can. One that came
// and went meanwhile never was.
void Workspace::owe(const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    if (const auto* opened = std::get_if<ConnectionOpened>(&change)) {
      owed_.opened.emplace(opened->connection.id, opened->user);
    } else if (const auto* closed = std::get_if<ConnectionClosed>(&change)) {
      if (closed->node != node_ || owed_.opened.erase(closed->connection) > 0) continue;
      owed_.closed.emplace(closed->connection, closed->user);
    }
  }
}

// A part of what is to be told; the rest comes in a batch of its own.
ConnectionsTold Workspace::take_to_tell() {
  ConnectionsTold part;
  const auto take = [](auto& from, auto& to) {
    while (!from.empty() && to.size() < limits::kToldAtOnce) to.insert(from.extract(from.begin()));
  };
  take(to_tell_.opened, part.opened);
  take(to_tell_.closed, part.closed);
  return part;
}

bool Workspace::has_connections(const Organisation& organisation, NodeId node) {
  bool found = false;
  organisation.connections_at.for_each_from(std::pair(node, ConnectionId{}),
                                            [&](const auto& key, UserId) {
                                              found = key.first == node;
                                              return false;
                                            });
  return found;
}

// This node ends: nobody has to wait until it is taken for dead.
void Workspace::leave() {
  bool more = true;
  while (more && !unsettled_) {
    std::vector<Task> tasks;
    tasks.push_back(own_task(NodeDied{.node = node_, .as_of = {}}));
    tasks.back().settle = [&](const Refusal* failure) {
      more = failure == nullptr && has_connections(state_, node_);
    };
    settle_batch(std::move(tasks));
  }
}

std::vector<Workspace::Task> Workspace::node_tasks() {
  std::vector<Task> tasks;
  // The store may be another one, older or empty.
  if (std::exchange(begun_anew_, false)) {
    tasks.push_back(first_task());
    tasks.back().settle = [this](const Refusal* failure) { begun_anew_ |= failure != nullptr; };
  }
  for (const OtherNode& each : std::exchange(dead_, {})) {
    if (each.silent_for > Duration(0)) {  // else it was this one itself
      tell("Node " + to_text(each.id) +
           " has said nothing for longer than its lease: it is taken for dead.");
    }
    tasks.push_back(own_task(NodeDied{.node = each.id, .as_of = each.last_looked}));
    tasks.back().settle = [this, rest = each](const Refusal* failure) mutable {
      rest.silent_for = {};  // it was said
      if (failure == nullptr && has_connections(state_, rest.id)) dead_.push_back(rest);
    };
  }
  if (!to_tell_.opened.empty() || !to_tell_.closed.empty()) {
    ConnectionsTold told = take_to_tell();
    tasks.push_back(own_task(told));
    tasks.back().settle = [this, told = std::move(told)](const Refusal* failure) mutable {
      // What broke of itself would break again, at once and for ever.
      if (failure == nullptr || failure->problem == Problem::kInternal) return;
      to_tell_.opened.merge(told.opened);
      to_tell_.closed.merge(told.closed);
    };
  }
  return tasks;
}

}  // namespace pastille
