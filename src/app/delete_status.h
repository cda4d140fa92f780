// Deletes a status, as a mark: its history stays and it can be restored. Whoever shows it, has it
// pending or chose it last moves to the system status of its type, keeping note and until. Takes
// statuses.delete.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct DeleteStatus {
  StatusId status;
  std::optional<std::uint64_t> expected_version;

  struct Answer {
    std::size_t moved = 0;  // people who showed it
  };
  // kNotFound, kSystemStatus, kPermissionMissing, kStaleVersion
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
