// Creates a role (R10). Takes roles.manage.
#pragma once

#include "app/actor.h"
#include "app/draft.h"
#include "core/role_patch.h"

namespace pastille {

struct CreateRole {
  RolePatch fields;  // both are required

  using Answer = RoleId;
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kPermissionMissing, kInvalid, kNameTaken, kLimitReached
  Result<RoleId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Refuses kNameTaken; `besides` is the role that has it already.
Result<void> role_name_is_free(const Organisation& organisation, const Label& name,
                               RoleId besides = {});

}  // namespace pastille
