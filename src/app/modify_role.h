// Changes a role's name and permissions, which act at once (R10). Takes roles.manage.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"
#include "core/role_patch.h"

namespace pastille {

struct ModifyRole {
  RoleId role;
  std::optional<std::uint64_t> expected_version;
  RolePatch patch;

  using Answer = RoleId;
  // kNotFound, kBuiltInRole, kPermissionMissing, kInvalid, kStaleVersion, kNameTaken
  Result<RoleId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
