// What happens because time passed. Each does nothing when what it was for has changed meanwhile.
#pragma once

#include <map>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

// The grace after the last connection is over: Offline. `as_of`: for who was there before a restart
// and did not come back, the last sign of life of the server.
struct GraceOver {
  using Answer = bool;  // whether the person was shown Offline
  UserId user;
  std::optional<Time> as_of;
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// `until` has come, of what the person shows or of a pending choice.
struct StatusEnded {
  using Answer = bool;
  UserId user;
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

struct SessionExpired {
  using Answer = bool;
  SessionId session;
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

struct TokenExpired {
  using Answer = bool;
  TokenId token;
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Another node was silent for longer than its lease, or this one leaves: its connections are
// closed, and for who has no other the grace begins, as of `as_of`. At most limits::kToldAtOnce of
// them at once; with the last the node is dropped.
struct NodeDied {
  using Answer = bool;
  NodeId node;
  std::optional<Time> as_of;
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Connections of this node that came and went while the store could not be written, told now. Who
// was signed out elsewhere meanwhile does not count as there.
struct ConnectionsTold {
  using Answer = bool;
  std::map<ConnectionId, UserId> opened, closed;
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Kept answers, invitations and pending renewals past their time, and answers beyond
// limits::kAnswersKept; at most limits::kPurgedAtOnce of each. What only the store has, it forgets
// by itself: Store::forget.
struct Purge {
  using Answer = bool;
  static bool is_due(const Organisation& organisation, const Context& context);
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// What RefusalTally counted in a minute that is over.
struct RefusalsCounted {
  using Answer = bool;
  AuditItem item;
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
