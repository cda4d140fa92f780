// Changes a person's account. Takes users.manage. One made inactive is signed out everywhere and
// Offline at once. Another subject of the provider for who has signed in before is a renewal: it
// waits for their next sign-in (app/renewal.h). There is no way to a status here: that is the
// person's own (R15).
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"
#include "core/person_patch.h"

namespace pastille {

struct ModifyPerson {
  UserId user;
  std::optional<std::uint64_t> expected_version;
  PersonPatch patch;  // without pinned and status_at_sign_in, which are the person's own

  using Answer = UserId;
  // kNotFound, kPermissionMissing, kInvalid, kStaleVersion, kLoginTaken, kLastAdministrator,
  // kTooMany
  Result<UserId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Puts a changed person: version and, where the directory shows the change, rev move.
void put_person(Draft& draft, const Person& before, Person after);

}  // namespace pastille
