#include "push/hub_state.h"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "app/arrivals.h"

namespace pastille::push {
namespace {

constexpr std::size_t kScratch = 64 * 1024;  // read at once from one connection

// Fine enough for heartbeats and for what waits a tick, coarse enough to cost nothing.
std::chrono::milliseconds wheel_slot(const Settings& settings) {
  return std::clamp(settings.heartbeat / 50, std::chrono::milliseconds(5),
                    std::chrono::milliseconds(50));
}

}  // namespace

HubState::HubState(const HubParts& given_parts, std::shared_ptr<Inbox> given_inbox,
                   const Settings& given_settings)
    : parts(given_parts),
      settings(given_settings),
      inbox(std::move(given_inbox)),
      now(parts.workspace.snapshot()),
      ticked(now->seq),
      board(*now),
      snapshots(figures, settings.tick),
      tails(figures),
      wheel(wheel_slot(settings), parts.clock.now().steady),
      stale_since(parts.workspace.stale()),
      scratch(kScratch),
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
          if (const auto hub = weak.lock()) hub->departures.emplace_back(user, id);
        }));
      });
}

void HubState::retry_departures() {
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
  const std::size_t most = std::max(limits::kTailAlways, now->people.size() / 3);
  return board.count_since(seq, most + 1) <= most;
}

}  // namespace pastille::push
