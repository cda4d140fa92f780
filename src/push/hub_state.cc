#include "push/hub_state.h"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "app/arrivals.h"
#include "wire/entry_json.h"
#include "wire/live_frames.h"

namespace pastille::push {
namespace {

// Fine enough for heartbeats and for what waits a tick, coarse enough to cost nothing.
std::chrono::milliseconds wheel_slot(const Settings& settings) {
  return std::clamp(settings.heartbeat / 50, std::chrono::milliseconds(5),
                    std::chrono::milliseconds(50));
}

Recency directory_of(const Organisation& organisation) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> order;
  order.reserve(organisation.people.size());
  organisation.people.for_each([&](UserId user, const Box<Person>& person) {
    order.emplace_back(person->rev, user.number);
  });
  return Recency(std::move(order));
}

}  // namespace

HubState::HubState(const HubParts& given_parts, std::shared_ptr<Inbox> given_inbox,
                   const Settings& given_settings, Snapshots::Generation given_generation)
    : parts(given_parts),
      settings(given_settings),
      inbox(std::move(given_inbox)),
      now(parts.workspace.snapshot()),
      ticked(now->seq),
      board(*now),
      directory(directory_of(*now)),
      generation(given_generation),
      catalogue_told(now->catalogue_version),
      people_told(now->directory_version),
      wheel(wheel_slot(settings), parts.clock.now().steady),
      stale_since(parts.workspace.stale()),
      scratch(limits::kReadAtOnce),
      random(settings.seed) {}

Connection& HubState::take(Adopted& adopted) {
  Slot slot = static_cast<Slot>(slots.size());
  if (free_slots.empty()) {
    slots.emplace_back();
  } else {
    slot = free_slots.back();
    free_slots.pop_back();
  }
  const ConnectionId id = parts.fanout.next_connection();
  slots[slot] = std::make_unique<Connection>(*this, slot, id, adopted);
  return *slots[slot];
}

Connection* HubState::find(Slot slot, ConnectionId id) {
  if (slot >= slots.size() || slots[slot] == nullptr || slots[slot]->id() != id) return nullptr;
  return slots[slot].get();
}

void HubState::reap() {
  for (const Slot slot : doomed) {
    slots[slot] = nullptr;
    free_slots.push_back(slot);
  }
  doomed.clear();
}

void HubState::depart(UserId user, ConnectionId id) {
  parts.workspace.submit(
      Product{}, PersonLeft{.user = user, .connection = id},
      [to = inbox, weak = weak_from_this(), user, id](const Result<bool>& result) {
        if (result) return;
        to->leave(Errand([weak, user, id] {
          const auto hub = weak.lock();
          if (hub == nullptr) return;
          hub->departures.emplace_back(user, id);
          hub->departures_due = hub->time().steady + limits::kDepartureAgain;
        }));
      });
}

void HubState::retry_departures(Instant at) {
  if (at < departures_due) return;
  departures_due = Instant::max();
  for (const auto& [user, id] : std::exchange(departures, {})) depart(user, id);
}

void HubState::closed_when_empty() {
  if (figures.connections > 0 || !when_closed) return;
  // Not from here: it may destroy the hub.
  boost::asio::post(parts.io, std::exchange(when_closed, nullptr));
}

void HubState::leave_person(UserId user, Slot slot) {
  const auto found = of_person.find(user);
  if (found == of_person.end()) return;
  std::erase(found->second, slot);
  if (found->second.empty()) of_person.erase(found);
}

std::chrono::milliseconds HubState::heartbeat_with_jitter() {
  const auto fifth = settings.heartbeat.count() / 5;
  std::uniform_int_distribution<std::int64_t> jitter(-fifth, fifth);
  return settings.heartbeat + std::chrono::milliseconds(jitter(random));
}

bool HubState::small_tail(std::uint64_t seq) const {
  const std::size_t most =
      std::clamp(now->people.size() / 3, limits::kTailAlways, limits::kTailMost);
  return board.count_since(seq, most + 1) <= most;
}

SharedFrame HubState::changes_since(std::uint64_t seq) {
  return changes_tails.since(seq, now->seq, [&]() -> SharedFrame {
    std::vector<UserId> users;
    board.since(seq, [&](UserId user) {
      users.push_back(user);
      return true;
    });
    if (users.empty()) return nullptr;
    std::string json = changes_head(now->seq);
    const std::string end = entry_end(now->seq);
    for (std::size_t i = users.size(); i-- > 0;) {
      const std::string_view piece = *board.piece(users[i], *now);
      json.append(i + 1 == users.size() ? piece.substr(1) : piece).append(end);
    }
    json += kEntriesTail;
    ++figures.frames_encoded;
    return shared_frame(FrameKind::kChanges, json, now->seq);
  });
}

SharedFrame HubState::people_since(std::uint64_t version) {
  return people_tails.since(version, now->directory_version, [&]() -> SharedFrame {
    std::vector<UserId> changed;
    directory.since(version, [&](std::uint64_t number) {
      changed.push_back(UserId{number});
      return true;
    });
    if (changed.empty()) return nullptr;
    ++figures.frames_encoded;
    return shared_frame(FrameKind::kPeople, people_frame(changed, *now));
  });
}

SharedFrame HubState::catalogue_since(std::uint64_t version) {
  return catalogue_tails.since(version, now->catalogue_version, [&]() -> SharedFrame {
    std::vector<StatusId> changed;
    now->statuses.for_each([&](StatusId id, const Box<Status>& status) {
      if (status->rev > version) changed.push_back(id);
    });
    if (changed.empty()) return nullptr;
    ++figures.frames_encoded;
    return shared_frame(FrameKind::kCatalogue, catalogue_frame(changed, *now));
  });
}

std::shared_ptr<const Snapshot> HubState::board_from(std::uint64_t seq) {
  Snapshots& snapshots = parts.fanout.snapshots();
  auto last = snapshots.last(generation);
  if (last != nullptr && last->seq >= seq) return last;
  if (!std::exchange(board_asked, true)) {
    snapshots.make(now, generation, [to = inbox, weak = weak_from_this()] {
      to->leave(Errand([weak] {
        const auto hub = weak.lock();
        if (hub == nullptr) return;
        hub->board_asked = false;
        hub->serve_waiting();
      }));
    });
  }
  return nullptr;
}

void HubState::serve_waiting() {
  for (const Slot slot : std::exchange(waiting, {})) slots[slot]->catch_up();
}

void HubState::begin_anew(std::shared_ptr<const Organisation> state, Snapshots::Generation given) {
  now = std::move(state);
  ticked = now->seq;
  board = Board(*now);
  directory = directory_of(*now);
  generation = given;
  changes_tails.forget();
  people_tails.forget();
  catalogue_tails.forget();
  catalogue_told = now->catalogue_version;
  people_told = now->directory_version;
  config_untold = 0;
  ++counts_version;
}

}  // namespace pastille::push
