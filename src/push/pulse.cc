#include "push/pulse.h"

#include <algorithm>
#include <array>

#include "wire/live_frames.h"

namespace pastille::push {
namespace {

// Ten thousand connections do not fit into the processor's caches, and the next one's turn comes in
// some microseconds: long enough to bring it there, when one says so in time.
constexpr std::size_t kAhead = 3;

void fetch(const Connection& next) {
  constexpr std::size_t kLine = 64;
  const char* const begin = reinterpret_cast<const char*>(&next);
  for (std::size_t at = 0; at < sizeof next; at += kLine) __builtin_prefetch(begin + at);
}

}  // namespace

Pulse::Pulse(HubState& hub) : hub_(hub), tick_timer_(hub.parts.io), wheel_timer_(hub.parts.io) {}

void Pulse::begin() { turn(); }

void Pulse::take(std::vector<InboxItem> items) {
  for (InboxItem& item : items) {
    if (const auto* bulletin = std::get_if<std::shared_ptr<const Bulletin>>(&item)) {
      apply(**bulletin);
    } else if (const auto* stale = std::get_if<WentStale>(&item)) {
      hub_.stale_since = stale->since;
      const SharedFrame frame = shared_frame("stale", stale_frame(stale->since));
      hub_.each([&](Connection& each) { each.tell(frame, Owed::kStaleness); });
    } else if (std::holds_alternative<WentFresh>(item)) {
      hub_.stale_since = std::nullopt;
      const SharedFrame frame = shared_frame("fresh", fresh_frame(hub_.ticked), hub_.ticked);
      hub_.each([&](Connection& each) { each.tell(frame, Owed::kStaleness); });
    } else if (auto* anew = std::get_if<BegunAnew>(&item)) {
      begin_anew(std::move(anew->state));
    } else {
      std::get<Errand>(item)();
    }
  }
  tick_when_due();
  hub_.reap();
}

// What anybody was told may not be so: they come again, with a position that may not be known.
void Pulse::begin_anew(std::shared_ptr<const Organisation> state) {
  hub_.each([](Connection& each) { each.close(close_code::kRestarting, "restarting"); });
  hub_.now = std::move(state);
  hub_.ticked = hub_.now->seq;
  hub_.board = Board(*hub_.now);
  hub_.snapshots.forget();
  hub_.tails.forget();
  ++hub_.counts_version;
}

void Pulse::apply(const Bulletin& bulletin) {
  if (bulletin.after->seq < hub_.now->seq) return;  // the hub began with a newer state
  const std::shared_ptr<const Organisation> before = std::exchange(hub_.now, bulletin.after);
  for (const ChangedEntry& entry : bulletin.entries) hub_.board.change(entry);
  if (!bulletin.entries.empty() || bulletin.people != nullptr) {
    ++hub_.counts_version;
    hub_.counts_due = std::min(hub_.counts_due, hub_.time().steady);
  }
  tell_lists(bulletin, *before);
  tell_config(bulletin);
  tell_selves(bulletin);
  for (const Note& note : bulletin.messages) {
    hub_.each_of(note.to, [&](Connection& each) { each.tell_hint(note.frame); });
  }
  if (!bulletin.conversations.empty()) {
    const SharedFrame frame = shared_frame("conversations", conversations_frame());
    for (const UserId user : bulletin.conversations) {
      hub_.each_of(user, [&](Connection& each) { each.tell_hint(frame); });
    }
  }
  for (const EndedAccess& ended : bulletin.ended) end(ended);
}

void Pulse::tell_lists(const Bulletin& bulletin, const Organisation& before) {
  if (bulletin.catalogue != nullptr) {
    hub_.each([&](Connection& each) {
      each.tell_list(bulletin.catalogue, Owed::kCatalogue, before.catalogue_version);
    });
  }
  if (bulletin.people != nullptr) {
    hub_.each([&](Connection& each) {
      each.tell_list(bulletin.people, Owed::kPeople, before.directory_version);
    });
  }
}

void Pulse::tell_config(const Bulletin& bulletin) {
  static constexpr std::array<std::pair<Owed, std::string_view>, kConfigParts> kParts = {{
      {Owed::kRoles, "roles"},
      {Owed::kTeams, "teams"},
      {Owed::kUsers, "users"},
      {Owed::kAudit, "audit"},
  }};
  for (std::size_t i = 0; i < kConfigParts; ++i) {
    if (!bulletin.config[i]) continue;
    const SharedFrame frame = shared_frame("config", config_frame(kParts[i].second));
    hub_.each([&](Connection& each) {
      if (each.may_read(kParts[i].first)) each.tell(frame, kParts[i].first);
    });
  }
}

void Pulse::tell_selves(const Bulletin& bulletin) {
  for (const UserId user : bulletin.selves) {
    hub_.each_of(user, [](Connection& each) { each.tell_self(); });
  }
  if (bulletin.roles.empty()) return;
  hub_.each([&](Connection& each) {
    const Person* person = hub_.now->person(each.user());
    if (person == nullptr) return;
    if (std::ranges::find(bulletin.roles, person->role) != bulletin.roles.end()) each.tell_self();
  });
}

void Pulse::end(const EndedAccess& ended) {
  const auto close = [&](Connection& each) {
    if (ended.user && each.user() != ended.user) return;
    const auto* session = std::get_if<SessionId>(&ended.access);
    const auto* token = std::get_if<TokenId>(&ended.access);
    if (session != nullptr && each.session() != *session) return;
    if (token != nullptr && each.token() != *token) return;
    each.close(close_code::kSessionEnded, "session ended");
  };
  if (ended.user) {
    hub_.each_of(ended.user, close);
  } else {
    hub_.each(close);
  }
}

void Pulse::tick_when_due() {
  if (hub_.ticked == hub_.now->seq || tick_waits_) return;
  const Instant now = hub_.time().steady;
  const Instant next = last_tick_ + hub_.settings.tick;
  if (now >= next) return tick();
  tick_waits_ = true;
  wake_at(tick_timer_, next - now, &Pulse::tick);
}

void Pulse::tick() {
  tick_waits_ = false;
  const std::uint64_t from = std::exchange(hub_.ticked, hub_.now->seq);
  std::vector<UserId> changed;
  hub_.board.since(from, [&](UserId user) {
    changed.push_back(user);
    return true;
  });
  if (changed.empty()) return;
  last_tick_ = hub_.time().steady;
  ++hub_.figures.ticks;
  round_ = hub_.everyone;  // what a connection hears meanwhile may take it off the list
  if (!round_.empty()) {
    const SharedFrame frame = hub_.tails.since(from, hub_.board, *hub_.now);
    for (std::size_t i = 0; i < round_.size(); ++i) {
      if (i + kAhead < round_.size()) fetch(*hub_.slots[round_[i + kAhead]]);
      hub_.slots[round_[i]]->tick(from, frame);
    }
  }
  tick_sets(from, changed);
}

// For each connection that follows some of those who changed, or is one of them.
void Pulse::tick_sets(std::uint64_t from, const std::vector<UserId>& changed) {
  touched_.clear();
  for (const UserId user : changed) {
    for (const Followers::Edge& edge : hub_.followers.of(user)) {
      touched_.emplace_back(edge.slot, user);
    }
    hub_.each_of(user, [&](Connection& own) {
      if (!own.follows_all() && !Followers::has(own.follow_set(), user)) {
        touched_.emplace_back(own.slot(), user);
      }
    });
  }
  std::ranges::sort(touched_);
  std::vector<UserId> users;
  for (std::size_t i = 0; i < touched_.size();) {
    const Slot slot = touched_[i].first;
    users.clear();
    for (; i < touched_.size() && touched_[i].first == slot; ++i) {
      users.push_back(touched_[i].second);
    }
    hub_.slots[slot]->tick(from, users);
  }
}

void Pulse::turn() {
  const Now now = hub_.time();
  hub_.wheel.turn(now.steady,
                  [&](WheelEntry& entry) { static_cast<Connection&>(entry).fire(now); });
  hub_.retry_departures();
  if (!hub_.waiting.empty() && now.steady >= hub_.snapshots.next()) serve_waiting();
  if (now.steady >= hub_.counts_due) tell_counts(now.steady);
  hub_.reap();
  wake_at(wheel_timer_, hub_.wheel.slot_length(), &Pulse::turn);
  if (hub_.closing) hub_.closed_when_empty();
}

// Boards that waited because the last snapshot was too young.
void Pulse::serve_waiting() {
  round_ = std::exchange(hub_.waiting, {});
  for (const Slot slot : round_) hub_.slots[slot]->catch_up();
}

void Pulse::tell_counts(Instant now) {
  hub_.counts_due = Instant::max();
  if (hub_.counting.empty()) return;
  const SharedFrame frame =
      shared_frame("counts", counts_frame(hub_.ticked, *hub_.now), hub_.ticked);
  ++hub_.figures.frames_encoded;
  round_ = hub_.counting;
  for (const Slot slot : round_) {
    const auto next = hub_.slots[slot]->tell_counts(frame, now);
    if (next) hub_.counts_due = std::min(hub_.counts_due, *next);
  }
}

void Pulse::wake_at(boost::asio::steady_timer& timer, Duration in, void (Pulse::*what)()) {
  timer.expires_after(in);
  timer.async_wait([weak = weak_from_this(), what](boost::system::error_code error) {
    const auto self = weak.lock();
    if (error || self == nullptr) return;
    ((*self).*what)();
    self->hub_.reap();
  });
}

}  // namespace pastille::push
