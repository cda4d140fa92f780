// Adds a person. Takes users.manage.
#pragma once

#include <optional>
#include <string>

#include "app/actor.h"
#include "app/draft.h"
#include "core/person_patch.h"

namespace pastille {

struct CreatePerson {
  // login, display_name and role are required. active, pinned and status_at_sign_in are not taken
  // here.
  PersonPatch fields;
  std::string password_hash = {};  // "": none; then an invitation is the way in
  // Of the secret that the caller drew for a one-time link; {}: no invitation is made. Who is tied
  // to a provider of identities gets none.
  std::optional<SecretHash> invitation_secret = {};

  struct Answer {
    UserId user;
    std::optional<Time> invitation_expires_at;
  };
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kPermissionMissing, kInvalid, kLoginTaken, kLimitReached
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Refuses kLoginTaken; `besides` is the person who has it already.
Result<void> login_is_free(const Organisation& organisation, const Label& login,
                           UserId besides = {});

// The same of who they are at a provider of identities.
Result<void> external_is_free(const Organisation& organisation, const Person& person);

}  // namespace pastille
