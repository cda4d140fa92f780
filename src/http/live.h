// What the router does with a live connection of which nobody knows whose it is.
#pragma once

#include "core/refusal.h"
#include "http/call.h"

namespace pastille::http {

// A page of ours cannot tell an upgrade that was refused from a network that was lost, and would
// try for ever: its WebSocket is let in and told that the session has ended. Everybody else is
// refused with 401.
void tell_ended(Call call, const Refusal& refusal);

}  // namespace pastille::http
