// Who may look behind the statuses: their histories, and all of them as a file.
#pragma once

#include "app/actor.h"

namespace pastille {

// Any one of the three permissions on statuses; else refuses kPermissionMissing naming one.
Result<void> require_statuses_permission(const Acting& who);

}  // namespace pastille
