#include "app/authority.h"

#include <string>

namespace pastille {

Result<void> require_all(const Acting& who, Permissions wanted) {
  for (const Permission each : kAllPermissions) {
    if (!wanted.has(each) || who.permissions.has(each)) continue;
    return std::unexpected(Refusal{.problem = Problem::kPermissionMissing,
                                   .detail = "This role holds the permission " +
                                             std::string(to_text(each)) +
                                             ", which yours does not. Ask somebody who has it.",
                                   .permission = each});
  }
  return {};
}

Result<void> require_authority(const Organisation& organisation, const Acting& who,
                               const Person& person) {
  if (auto may = require(who, Permission::kUsersManage); !may) return may;
  return require_role(organisation, who, person.role);
}

Result<void> require_role(const Organisation& organisation, const Acting& who, RoleId role) {
  const Role* found = organisation.role(role);
  return found == nullptr ? Result<void>() : require_all(who, found->permissions);
}

}  // namespace pastille
