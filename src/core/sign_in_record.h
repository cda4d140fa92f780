// What is known of how a person signs in, beside the password and the sessions: since when, and
// what others have done to it. Values; the rules are in app/renewal.h.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/sessions.h"
#include "core/status.h"
#include "core/time.h"

namespace pastille {

// Who somebody is at a provider of identities. An e-mail address is not one: it changes hands.
struct External {
  std::string issuer;   // the provider's, "https://id.example.org"
  std::string subject;  // unique there and never given to anybody else
  friend auto operator<=>(const External&, const External&) = default;
};

// When something was done to an account, and by whom.
struct Stamp {
  Time at = {};
  Author by;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

// A way in that somebody makes for a person: a one-time link (core/sessions.h), or with `external`
// another subject of the provider. A renewal of their sign-in once they have signed in. Until it is
// accepted nothing changes.
struct PendingRenewal {
  Stamp made;
  Time expires_at = {};
  std::optional<External> external;
  friend bool operator==(const PendingRenewal&, const PendingRenewal&) = default;
};

// Shown to the person once; with it a one-time link costs them nothing.
struct RecoveryCode {
  SecretHash hash{};  // of its normal form (core/recovery_code.h)
  Time made_at = {};
  friend bool operator==(const RecoveryCode&, const RecoveryCode&) = default;
};

struct SignInRecord {
  std::optional<Time> first_at;  // signed in for the first time; nullopt: never
  std::optional<PendingRenewal> pending;
  std::optional<Stamp> renewed;         // when one was accepted last, and who had made it
  bool renewal_agreed = false;          // the person said of it that it was agreed
  MessageId reads_from;                 // reads no message before this one; {}: reads all
  std::optional<Stamp> password_given;  // by somebody else, and not changed since
  std::optional<RecoveryCode> recovery;
  std::vector<Time> renewals_made;  // for others, within the last hour; ascending
  friend bool operator==(const SignInRecord&, const SignInRecord&) = default;
};

}  // namespace pastille
