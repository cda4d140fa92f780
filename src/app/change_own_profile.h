// What people change of their own account: name, language, time zone, what signing in shows, and
// whom they have pinned.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"
#include "core/person_patch.h"

namespace pastille {

struct ChangeOwnProfile {
  std::optional<std::uint64_t> expected_version;
  PersonPatch patch;  // without login, role, teams and active, which administrators change

  using Answer = UserId;
  // kNotSignedIn (nobody in person), kScopeMissing, kInvalid, kStaleVersion
  Result<UserId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
