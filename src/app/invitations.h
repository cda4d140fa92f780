// One-time links (24 h): an administrator invites a person to set a password, or the server itself
// invites whoever holds the machine to become the first administrator. A new one for the same
// person replaces the one before; of those for the first administrator, what is older than
// limits::kFirstLinksTogether, until there is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

// Where in our pages a one-time link leads, before its secret.
inline constexpr std::string_view kInvitationPlace = "/#invitation=";

// For a person who has signed in before, a link that somebody else makes is a renewal
// (app/renewal.h).
struct InvitePerson {
  using Answer = Invitation;
  UserId user;
  SecretHash secret{};
  // Takes users.manage, and all that the person may. Refuses kNotFound too.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // Refuses kInvalid for who has left, kExternalSignIn for who signs in at a provider, kTooMany.
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

// Sets the password, uses the link up, ends other sessions of the person and the one that the
// browser came with, signs in. A renewal ends more (app/renewal.h), unless the person's recovery
// code comes with it, which is used up.
struct AcceptInvitation {
  using Answer = SignedIn;
  SecretHash secret{};  // of the link
  std::string password_hash;
  std::optional<std::string> login;  // for the first administrator, who is made by it
  std::optional<std::string> display_name;
  std::string locale = {};                       // "": as Person has it
  std::optional<SecretHash> recovery_code = {};  // of what was typed
  SecretHash session_secret{};
  std::string user_agent;
  SessionId replaces = {};
  std::uint64_t place = 0;  // from where, to be known (app/known_places.h); 0: nowhere
  // Refuses kNotFound (used, unknown, replaced or expired), kInvalid, kLoginTaken.
  Result<SignedIn> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// The open invitation behind a link, nullptr when there is none. For reading before accepting.
const Invitation* open_invitation(const Organisation& organisation, const SecretHash& secret,
                                  Time now);

// Whether accepting it renews a sign-in: somebody else made it for who has signed in before.
bool is_renewal(const Organisation& organisation, const Invitation& invitation);

// Shared with what makes or removes people.
Invitation invite(Draft& draft, UserId user, const SecretHash& secret, const Context& context);
// With the renewal that waits for them to be used.
void drop_invitations(Draft& draft, UserId user);

}  // namespace pastille
