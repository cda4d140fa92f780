// The rules on one person's presence: what their entry becomes when they arrive, leave, choose, or
// time passes. Pure: values and `now` in, the new value out. The caller puts it on the board
// (app/showing.h), which also writes the own history.
//
// Signed in for the board means at least one present connection, or the grace after the last one.
// `since` moves when the status changes and at no other moment, and never goes back.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "core/entry.h"
#include "core/people.h"

namespace pastille {

// What a person asked to show. The status is live and of one of the four chosen types (checked by
// the use case).
struct Choice {
  StatusId status;
  StatusType type = StatusType::kConnected;
  std::string note;
  std::optional<Time> until;
};

// How long a choice holds, as asked for.
struct UntilDefault {};  // the status's default duration, if any
struct UntilNever {};    // no end, also when the status has a default
struct UntilInstant {
  Time at;
};
struct UntilToday {};  // the first instant of the next local date
struct UntilFor {
  std::chrono::seconds length;
};
using UntilAsked = std::variant<UntilDefault, UntilNever, UntilInstant, UntilToday, UntilFor>;

// What the person comes back to: the pending choice, the last chosen status, or Connected.
// `usable` says whether a status is still live, and its type.
struct Arrival {
  StatusAtSignIn preference = StatusAtSignIn::kConnected;
  Choice last;  // the last chosen one, already replaced by its type's system status when deleted
};

// Offline -> signed in. No change when the entry is not offline (another tab, or within the grace).
Presence arrive(Presence presence, const Arrival& arrival, std::optional<Choice> pending, Time now);

// The grace is over, or the person signed out: Offline as of `at`.
Presence depart(Presence presence);

// A choice of one's own: at once when signed in, else pending.
Presence choose(Presence presence, const Choice& choice, Time now);

// `until` has come: Connected without a note; while offline only a pending choice is dropped.
Presence expire(Presence presence, Time now);

// The status shown, pending or last chosen was deleted: the system status of the same type takes
// its place, keeping note and until.
Presence move_to_system(Presence presence, StatusId deleted, StatusType type, Time now);

// When the wall clock has something to do: the end of what is shown or pending.
std::optional<Time> due(const Presence& presence);

}  // namespace pastille
