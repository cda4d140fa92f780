// Creates a status: usable by everyone at once (R7, R11). Takes statuses.create.
#pragma once

#include "app/actor.h"
#include "app/draft.h"
#include "core/status_patch.h"

namespace pastille {

struct CreateStatus {
  StatusPatch fields;  // name and type are required; position absent: after all others

  using Answer = StatusId;
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kPermissionMissing, kInvalid, kNameTaken, kLimitReached
  Result<StatusId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Whether one more live status may have this name; `besides` is the one that has it already.
// Refuses kNameTaken.
Result<void> name_is_free(const Organisation& organisation, const Label& name,
                          StatusId besides = {});
// Refuses kLimitReached.
Result<void> room_for_a_status(const Organisation& organisation);

}  // namespace pastille
