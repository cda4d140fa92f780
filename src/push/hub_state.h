// What all connections of one hub share: the state of the organisation as the hub has applied it,
// the board, who follows whom, and the connections themselves by slot. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/limits.h"
#include "push/adopted.h"
#include "push/board.h"
#include "push/connection.h"
#include "push/figures.h"
#include "push/followers.h"
#include "push/inbox.h"
#include "push/recency.h"
#include "push/settings.h"
#include "push/snapshots.h"
#include "push/tails.h"
#include "push/timer_wheel.h"

namespace pastille::push {

// Slots in no order, each once; a connection remembers its place.
using SlotList = std::vector<Slot>;

struct HubState : std::enable_shared_from_this<HubState> {
  HubState(const HubParts& given_parts, std::shared_ptr<Inbox> given_inbox,
           const Settings& given_settings, Snapshots::Generation given_generation);

  Connection& take(Adopted& adopted);  // into a slot
  // nullptr: that connection has gone.
  Connection* find(Slot slot, ConnectionId id);
  // The connection is over: it goes at the next reap().
  void doom(Slot slot) { doomed.push_back(slot); }
  void reap();
  // A present connection has gone: the workspace is told, again and again while it cannot listen.
  void depart(UserId user, ConnectionId id);
  void retry_departures(Instant at);
  void closed_when_empty();

  // Lists that a connection is on at most once.
  void join_person(UserId user, Slot slot) { of_person[user].push_back(slot); }
  void leave_person(UserId user, Slot slot);
  template <class Visit>
  void each_of(UserId user, Visit visit) {
    const auto found = of_person.find(user);
    if (found == of_person.end()) return;
    const SlotList list = found->second;  // a connection that ends leaves it
    for (const Slot slot : list) visit(*slots[slot]);
  }
  template <class Visit>
  void each(Visit visit) {
    for (const auto& connection : slots) {
      if (connection != nullptr) visit(*connection);
    }
  }
  FollowSet& set_of(Slot slot) { return slots[slot]->follow_set(); }

  Now time() const { return parts.clock.now(); }
  std::chrono::milliseconds heartbeat_with_jitter();
  // More than that since `seq` is better said by a fresh board.
  bool small_tail(std::uint64_t seq) const;

  // What has changed since, as one frame for all who ask; null: nothing.
  SharedFrame changes_since(std::uint64_t seq);
  SharedFrame people_since(std::uint64_t version);
  SharedFrame catalogue_since(std::uint64_t version);
  // The whole board of this seq or a later one; null: it is being made, and `waiting` is served
  // when it is there.
  std::shared_ptr<const Snapshot> board_from(std::uint64_t seq);
  void serve_waiting();
  void begin_anew(std::shared_ptr<const Organisation> state, Snapshots::Generation given);

  HubParts parts;
  Settings settings;
  Figures figures;
  std::shared_ptr<Inbox> inbox;
  std::shared_ptr<const Organisation> now;
  std::uint64_t ticked = 0;  // up to here everyone has everything who does not say otherwise
  Board board;
  Recency directory;  // people, by the version of the directory that first had them so
  Followers followers;
  Snapshots::Generation generation;
  bool board_asked = false;  // one is being made for those who wait
  Tails changes_tails;
  Tails people_tails;
  Tails catalogue_tails;
  // What ticks have told, beside the board: versions, and of the configuration what they have not.
  std::uint64_t catalogue_told = 0;
  std::uint64_t people_told = 0;
  std::uint16_t config_untold = 0;  // bits of Owed
  TimerWheel wheel;
  std::optional<Time> stale_since;
  std::uint32_t counts_version = 1;     // moves when counts may have changed
  Instant counts_due = Instant::max();  // when somebody may be told
  bool closing = false;                 // takes no more
  std::move_only_function<void()> when_closed;

  SlotList everyone;                               // who follows all
  SlotList counting;                               // who asked for counts
  SlotList waiting;                                // for a snapshot
  std::unordered_map<UserId, SlotList> of_person;  // open ones

  std::vector<std::unique_ptr<Connection>> slots;
  std::vector<Slot> free_slots;
  std::vector<Slot> doomed;
  std::vector<std::pair<UserId, ConnectionId>> departures;  // to be told again, at:
  Instant departures_due = Instant::max();
  std::vector<char> scratch;  // what is read, until it is parsed
  std::mt19937_64 random;
};

}  // namespace pastille::push
