// Modifies or tags a status. Takes statuses.modify. What everyone sees changes at once: holders of
// a status whose type changed get it in their entries, and nothing else of those moves.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"
#include "core/status_patch.h"

namespace pastille {

struct ModifyStatus {
  StatusId status;
  std::optional<std::uint64_t> expected_version;
  StatusPatch patch;

  using Answer = StatusId;
  // A patch that changes nothing keeps version and history.
  // kNotFound, kSystemStatus, kPermissionMissing, kInvalid, kStaleVersion, kNameTaken
  Result<StatusId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
