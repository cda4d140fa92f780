// Who gives a command, and what they may. Truth is in the rule: what an I/O thread checked against
// a snapshot is a filter, so every use case begins with acting(), on the draft it decides on.
#pragma once

#include <optional>
#include <variant>

#include "app/context.h"
#include "core/organisation.h"

namespace pastille {

struct Operator {};  // the command line, on the machine itself: every permission, no person
struct Product {};   // a timer or the first start

using Actor = std::variant<SessionId, TokenId, Operator, Product>;

struct Acting {
  Author author;
  UserId user;                 // {} for Operator and Product
  Permissions permissions;     // none with a token
  std::optional<Scope> scope;  // set: came with a token
  SessionId session = {};      // set: came with a session
};

// Idle or absolute age reached.
bool has_expired(const Session& session, const Settings& settings, Time now);

// Refuses kNotSignedIn: unknown, ended, expired (idle or absolute), or of an inactive person.
Result<Acting> acting(const Organisation& organisation, const Actor& actor, const Context& context);

// The same of a command that was given `under` this number of the node: kUnavailable for what a
// person gave before the node was taken for dead. They may have chosen otherwise elsewhere since.
Result<Acting> acting(const Organisation& organisation, const Actor& actor, NodeId under,
                      const Context& context);

// Refuses kScopeMissing with a token, whatever its owner may; kPermissionMissing naming it.
Result<void> require(const Acting& who, Permission permission);
// Refuses kScopeMissing when a token's scope does not cover it. Sessions may all.
Result<void> require_scope(const Acting& who, Scope scope);
// For what no token may do (everything but reading the board and setting one's own status).
Result<void> require_session(const Acting& who);

}  // namespace pastille
