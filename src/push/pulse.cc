#include "push/pulse.h"

#include <algorithm>
#include <array>

#include "wire/live_frames.h"

namespace pastille::push {
namespace {

// In the order of ConfigPart.
constexpr std::array<std::pair<Owed, std::string_view>, kConfigParts> kConfigOwed = {{
    {Owed::kRoles, "roles"},
    {Owed::kTeams, "teams"},
    {Owed::kUsers, "users"},
    {Owed::kAudit, "audit"},
}};

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
      const SharedFrame frame = shared_frame(FrameKind::kStale, stale_frame(stale->since));
      hub_.each([&](Connection& each) { each.tell(frame, Owed::kStaleness); });
    } else if (std::holds_alternative<WentFresh>(item)) {
      hub_.stale_since = std::nullopt;
      const SharedFrame frame =
          shared_frame(FrameKind::kFresh, fresh_frame(hub_.ticked), hub_.ticked);
      hub_.each([&](Connection& each) { each.tell(frame, Owed::kStaleness); });
    } else if (auto* anew = std::get_if<BegunAnew>(&item)) {
      // What anybody was told may not be so: they come again, with a position that may not be
      // known.
      hub_.each([](Connection& each) { each.close(close_code::kRestarting, "restarting"); });
      hub_.begin_anew(std::move(anew->state), anew->generation);
    } else {
      std::get<Errand>(item)();
    }
  }
  tick_when_due();
  hub_.reap();
}

void Pulse::apply(const Bulletin& bulletin) {
  if (bulletin.after->seq < hub_.now->seq) return;  // the hub began with a newer state
  hub_.now = bulletin.after;
  for (const ChangedEntry& entry : bulletin.entries) hub_.board.change(entry);
  for (const UserId user : bulletin.people) {
    if (const Person* person = hub_.now->person(user)) {
      hub_.directory.change(user.number, person->rev);
    }
  }
  for (std::size_t i = 0; i < kConfigParts; ++i) {
    if (bulletin.config[i]) {
      hub_.config_untold |= static_cast<std::uint16_t>(kConfigOwed[i].first);
    }
  }
  if (!bulletin.entries.empty() || !bulletin.people.empty()) {
    ++hub_.counts_version;
    hub_.counts_due = std::min(hub_.counts_due, hub_.time().steady);
  }
  tell_selves(bulletin);
  for (const Note& note : bulletin.messages) {
    hub_.each_of(note.to, [&](Connection& each) { each.tell_hint(note.frame); });
  }
  if (!bulletin.conversations.empty()) {
    const SharedFrame frame = shared_frame(FrameKind::kConversations, conversations_frame());
    for (const UserId user : bulletin.conversations) {
      hub_.each_of(user, [&](Connection& each) { each.tell_hint(frame); });
    }
  }
  for (const EndedAccess& ended : bulletin.ended) end(ended);
}

void Pulse::tell_lists() {
  const std::uint64_t catalogue = std::exchange(hub_.catalogue_told, hub_.now->catalogue_version);
  if (const SharedFrame frame = hub_.catalogue_since(catalogue)) {
    hub_.each([&](Connection& each) { each.tell_list(frame, Owed::kCatalogue, catalogue); });
  }
  const std::uint64_t people = std::exchange(hub_.people_told, hub_.now->directory_version);
  if (const SharedFrame frame = hub_.people_since(people)) {
    hub_.each([&](Connection& each) { each.tell_list(frame, Owed::kPeople, people); });
  }
}

void Pulse::tell_config() {
  const std::uint16_t untold = std::exchange(hub_.config_untold, std::uint16_t{0});
  for (const auto& [part, name] : kConfigOwed) {
    if ((untold & static_cast<std::uint16_t>(part)) == 0) continue;
    const SharedFrame frame = shared_frame(FrameKind::kConfig, config_frame(name));
    hub_.each([&](Connection& each) {
      if (each.may_read(part)) each.tell(frame, part);
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

bool Pulse::has_news() const {
  return hub_.ticked != hub_.now->seq || hub_.catalogue_told != hub_.now->catalogue_version ||
         hub_.people_told != hub_.now->directory_version || hub_.config_untold != 0;
}

void Pulse::tick_when_due() {
  if (!has_news() || tick_waits_) return;
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
  if (changed.empty() && !has_news()) return;  // nothing that anybody is told of
  last_tick_ = hub_.time().steady;
  ++hub_.figures.ticks;
  tell_lists();  // so that a status is known before somebody shows it
  tell_config();
  if (!changed.empty()) tick_board(from, changed);
}

void Pulse::tick_board(std::uint64_t from, const std::vector<UserId>& changed) {
  round_ = hub_.everyone;  // what a connection hears meanwhile may take it off the list
  if (!round_.empty()) {
    const SharedFrame frame = hub_.changes_since(from);
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
      if (!own.follows_all() && !own.follow_set().has(user)) {
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
  hub_.retry_departures(now.steady);
  if (now.steady >= hub_.counts_due) tell_counts(now.steady);
  hub_.reap();
  wake_at(wheel_timer_, hub_.wheel.slot_length(), &Pulse::turn);
  if (hub_.closing) hub_.closed_when_empty();
}

void Pulse::tell_counts(Instant now) {
  hub_.counts_due = Instant::max();
  if (hub_.counting.empty()) return;
  const SharedFrame frame =
      shared_frame(FrameKind::kCounts, counts_frame(hub_.ticked, *hub_.now), hub_.ticked);
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
