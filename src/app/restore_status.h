// Takes the mark of deletion away from a status. A live one stays as it is. Takes statuses.delete.
#pragma once

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct RestoreStatus {
  StatusId status;

  using Answer = StatusId;
  // kNotFound, kSystemStatus, kPermissionMissing, kNameTaken, kLimitReached
  Result<StatusId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
