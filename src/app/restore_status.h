// Takes the mark of deletion away from a status. A live one stays as it is. Takes statuses.delete.
#pragma once

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct RestoreStatus {
  StatusId status;

  using Answer = StatusId;
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kNotFound, kSystemStatus, kPermissionMissing, kNameTaken, kLimitReached
  Result<StatusId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
