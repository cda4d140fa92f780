// Nobody gives or governs more than they have themselves: with users.manage alone one could
// otherwise take over an administrator by a new password link, and with roles.manage alone become
// one.
#pragma once

#include "app/actor.h"
#include "core/organisation.h"

namespace pastille {

// Refuses kPermissionMissing, naming the first of these that `who` does not have.
Result<void> require_all(const Acting& who, Permissions wanted);
// For what acts on another's account: users.manage, and all that the role of that person holds.
Result<void> require_authority(const Organisation& organisation, const Acting& who,
                               const Person& person);
// For giving a role: all that it holds. A role that is not there is for others to refuse.
Result<void> require_role(const Organisation& organisation, const Acting& who, RoleId role);

}  // namespace pastille
