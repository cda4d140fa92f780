// Signs in somebody whom a provider of identities vouches for, on every sign-in: finds the person
// by issuer and subject (never by e-mail, which changes hands), accepts the renewal that waits for
// this subject, makes one when that is allowed, and gives the role that their groups there stand
// for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"
#include "app/invitations.h"

namespace pastille {

// What a provider said of somebody, checked. Texts as they came.
struct Vouched {
  External external;
  std::string name;
  std::string wanted_login;  // its user name, else its e-mail address; a login is derived from it
  std::string locale;
  std::vector<std::string> groups;
};

// What the operator decided about people of the provider.
struct ExternalRules {
  bool create_people = false;
  // Group -> name of a role. Empty: roles are given here. Else of the roles that somebody's groups
  // stand for, the one with the most permissions counts, and Agent when there is none.
  std::map<std::string, std::string> roles;
};

struct SignInExternally {
  using Answer = SignedIn;
  Vouched vouched;
  ExternalRules rules;
  SecretHash secret{};  // of the new session's random token
  std::string user_agent;
  SessionId replaces = {};  // that the browser came with: it ends
  // Refuses kNotFound (nobody, and none may be made), kNotSignedIn (has left), kLimitReached. The
  // last administrator stays one, whatever their groups say, and the audit trail says so.
  Result<SignedIn> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
