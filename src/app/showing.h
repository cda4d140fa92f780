// The one way onto the board: puts what a rule of core/presence.h made of a person's presence, with
// the event's seq as its rev, and the step of their own history that goes with it.
#pragma once

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

// Ends the person's presence at once: closes these connections (all when `session` is {}), and
// shows them Offline, without a grace, when none is left.
void end_presence(Draft& draft, UserId user, SessionId session, const Context& context);

}  // namespace pastille
