// Modifies or tags a status. Takes statuses.modify. What everyone sees changes at once: holders of
// a status whose type changed get it in their entries, and nothing else of those moves. In pieces:
// while more of them have the old type than one piece, those get the new one and the status stays.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"
#include "app/pieces.h"
#include "core/status_patch.h"

namespace pastille {

struct ModifyStatus {
  StatusId status;
  std::optional<std::uint64_t> expected_version;
  StatusPatch patch;

  using Answer = StatusId;  // {} while there are more pieces
  // A patch that changes nothing keeps version and history.
  // kNotFound, kSystemStatus, kPermissionMissing, kInvalid, kStaleVersion, kNameTaken
  Result<StatusId> decide(Draft& draft, const Acting& who, const Context& context) const;
  static std::optional<StatusId> go_on(StatusId piece) {
    return piece ? std::optional(piece) : std::nullopt;
  }
  static void broken_off(Refusal&) {}
};

}  // namespace pastille
