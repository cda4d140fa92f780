#include "core/presence.h"

#include <algorithm>
#include <utility>

namespace pastille {
namespace {

// Never before the last `since`, also when the wall clock was set back.
Time not_before(const Entry& entry, Time now) {
  return entry.since ? std::max(*entry.since, now) : now;
}

Entry showing(const Entry& before, const Choice& choice, Time now) {
  Entry after = before;
  if (after.status != choice.status) after.since = not_before(before, now);
  after.status = choice.status;
  after.type = choice.type;
  after.note = choice.note;
  after.until = choice.until;
  return after;
}

Choice connected() {
  return Choice{.status = system_status(StatusType::kConnected),
                .type = StatusType::kConnected,
                .note = {},
                .until = {}};
}

}  // namespace

Presence arrive(Presence presence, const Arrival& arrival, std::optional<Choice> pending,
                Time now) {
  if (!presence.entry.offline()) return presence;
  Choice shown = connected();
  if (pending) {
    shown = *std::move(pending);
  } else if (arrival.preference == StatusAtSignIn::kLast) {
    shown = arrival.last;
  }
  presence.entry = showing(presence.entry, shown, now);
  presence.pending.reset();
  return presence;
}

Presence depart(Presence presence) {
  const std::uint64_t rev = presence.entry.rev;
  presence.entry = Entry();
  presence.entry.rev = rev;
  return presence;
}

Presence choose(Presence presence, const Choice& choice, Time now) {
  presence.last_chosen = choice.status;
  if (presence.entry.offline()) {
    presence.pending = Pending{.status = choice.status, .note = choice.note, .until = choice.until};
    return presence;
  }
  presence.entry = showing(presence.entry, choice, now);
  return presence;
}

Presence expire(Presence presence, Time now) {
  if (presence.pending && presence.pending->until && *presence.pending->until <= now) {
    presence.pending.reset();
  }
  if (!presence.entry.offline() && presence.entry.until && *presence.entry.until <= now) {
    presence.entry = showing(presence.entry, connected(), now);
  }
  return presence;
}

Presence move_to_system(Presence presence, StatusId deleted, StatusType type, Time now) {
  const StatusId instead = system_status(type);
  if (presence.last_chosen == deleted) presence.last_chosen = instead;
  if (presence.pending && presence.pending->status == deleted) presence.pending->status = instead;
  if (presence.entry.status == deleted) {
    presence.entry = showing(presence.entry,
                             Choice{.status = instead,
                                    .type = type,
                                    .note = presence.entry.note,
                                    .until = presence.entry.until},
                             now);
  }
  return presence;
}

std::optional<Time> due(const Presence& presence) {
  if (presence.entry.until) return presence.entry.until;
  if (presence.pending) return presence.pending->until;
  return std::nullopt;
}

}  // namespace pastille
