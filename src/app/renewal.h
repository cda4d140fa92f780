// Nobody quietly becomes somebody else. What would let another take over the sign-in of a person
// who has signed in before, a one-time link that somebody else makes or another subject of the
// provider, is a renewal (core/sign_in_record.h): the person sees it and can void it, and who
// accepts it begins anew, without the person's sessions, tokens, own history and older messages.
#pragma once

#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

// Whether a way in that `who` makes for this person is a renewal: they have signed in before, and
// are somebody else.
bool takes_a_renewal(const Person& person, const Acting& who);

// Notes that a way in waits for somebody, in place of the one before. A renewal is recorded as
// "user.renew", and refused with kTooMany after limits::kRenewals of this actor within
// limits::kRenewalsWithin; another is recorded as "user.invite", and becomes one when the person
// signs in otherwise first.
Result<void> announce_renewal(Draft& draft, const Acting& who, const Context& context, UserId user,
                              const PendingRenewal& renewal);
// Voids the one that waits, if any. A link of it is dropped with drop_invitations().
void drop_pending_renewal(Draft& draft, UserId user);

// Accepted: whoever signs in next is not who did before. Ends sessions, tokens and presence, and
// erases the own history; messages up to now are read no more.
void renew_sign_in(Draft& draft, const Acting& who, const Context& context, UserId user);

// The renewal that waits, unless its time is over, the person made it or has never signed in.
const PendingRenewal* open_renewal(const Person& person, Time now);
// Who is to become this subject of the provider by signing in; {}: nobody.
UserId awaiting(const Organisation& organisation, const External& external, Time now);

// The person's own no: the link or subject is good for nothing any more.
struct VoidRenewal {
  using Answer = bool;
  // kScopeMissing, kNotFound
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// 'That was agreed': the account says no more that it was renewed. The directory still does.
struct AgreeToRenewal {
  using Answer = bool;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// A new recovery code in place of the one before.
struct MakeRecoveryCode {
  using Answer = RecoveryCode;
  SecretHash hash{};
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  Result<RecoveryCode> decide(Draft& draft, const Acting& who, const Context& context) const;
};
struct DropRecoveryCode {
  using Answer = bool;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
