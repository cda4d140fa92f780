// One-time links (24 h): an administrator invites a person to set a password, or the server itself
// invites whoever holds the machine to become the first administrator. A new one for the same
// person replaces the one before; of those for the first administrator, what is older than
// limits::kFirstLinksTogether, until there is one.
#pragma once

#include <optional>
#include <string>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct InvitePerson {
  using Answer = Invitation;
  UserId user;
  SecretHash secret{};
  // Needs users.manage. Refuses kNotFound, and kInvalid for who has left.
  Result<Invitation> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Only while there is no active administrator, and only by the product or the command line.
struct InviteFirstAdministrator {
  using Answer = std::optional<Invitation>;  // nullopt: there is an administrator
  SecretHash secret{};
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

struct SignedIn {
  UserId user;
  SessionId session;
};

// Sets the password, uses the link up, ends other sessions of the person, signs in.
struct AcceptInvitation {
  using Answer = SignedIn;
  SecretHash secret{};  // of the link
  std::string password_hash;
  std::optional<std::string> login;  // for the first administrator, who is made by it
  std::optional<std::string> display_name;
  std::string locale = "en";
  SecretHash session_secret{};
  std::string user_agent;
  std::uint64_t place = 0;  // from where, to be known (app/known_places.h); 0: nowhere
  // Refuses kNotFound (used, unknown, replaced or expired), kInvalid, kLoginTaken.
  Result<SignedIn> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// The open invitation behind a link, nullptr when there is none. For reading before accepting.
const Invitation* open_invitation(const Organisation& organisation, const SecretHash& secret,
                                  Time now);

// Shared with what makes or removes people.
Invitation invite(Draft& draft, UserId user, const SecretHash& secret, const Context& context);
void drop_invitations(Draft& draft, UserId user);

}  // namespace pastille
