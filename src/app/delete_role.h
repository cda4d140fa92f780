// Deletes a role that nobody holds, inactive people included. Takes roles.manage.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct DeleteRole {
  RoleId role;
  std::optional<std::uint64_t> expected_version;

  struct Answer {};
  // kNotFound, kBuiltInRole, kPermissionMissing, kStaleVersion, kRoleInUse
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
