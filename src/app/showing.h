// The one way onto the board: puts what a rule of core/presence.h made of a person's presence, with
// the event's seq as its rev, and the step of their own history that goes with it.
#pragma once

#include <variant>

#include "app/context.h"
#include "app/draft.h"
#include "core/presence.h"

namespace pastille {

// Does nothing when nothing changed. `at`: when the person's history says it happened (mostly now;
// the last sign of life of the server for who did not come back after a restart).
void show(Draft& draft, UserId user, const Presence& after, const Context& context, Time at);

inline void show(Draft& draft, UserId user, const Presence& after, const Context& context) {
  show(draft, user, after, context, context.now.wall);
}

// Writes into the person's own history that they show this from `at` on, unless none is kept.
void add_to_history(Draft& draft, UserId user, const Entry& entry, const Context& context, Time at);

// Ends presence at once: closes the person's connections (all of them, or those that came with one
// session or token), and shows them Offline, without a grace, when none is left.
using Ended = std::variant<std::monostate, SessionId, TokenId>;
void end_presence(Draft& draft, UserId user, Ended ended, const Context& context);

}  // namespace pastille
