// Makes a copy of a status, named 'Name (copy)', then 'Name (copy 2)'. Takes statuses.create.
#pragma once

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct DuplicateStatus {
  StatusId status;

  using Answer = StatusId;  // of the copy
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kNotFound, kSystemStatus, kPermissionMissing, kLimitReached
  Result<StatusId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
