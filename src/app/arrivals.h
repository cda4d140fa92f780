// A person's present connections come and go, each at one node.
#pragma once

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

// A present live connection. Within the grace, or beside another one, nothing on the board changes.
struct PersonArrived {
  using Answer = Entry;  // what the person shows now
  Connection connection;
  // Refuses kNotSignedIn, kScopeMissing (a token of scope read), kLimitReached.
  Result<Entry> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// What somebody shows who is there now; nothing changes unless they were Offline.
void show_arrived(Draft& draft, UserId user, const Context& context);

// That connection has gone, for whatever reason; with the last one the grace begins. Given by the
// product itself: it must work when the session has ended.
struct PersonLeft {
  using Answer = bool;
  UserId user;
  ConnectionId connection;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
