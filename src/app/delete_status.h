// Deletes a status, as a mark: its history stays and it can be restored. Whoever shows it, has it
// pending or chose it last moves to the system status of its type, keeping note and until. Takes
// statuses.delete. In pieces: while more people hold it than one piece, those move and it stays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"
#include "app/pieces.h"

namespace pastille {

struct DeleteStatus {
  StatusId status;
  std::optional<std::uint64_t> expected_version;

  struct Answer {
    std::size_t moved = 0;  // people who showed it
    bool done = true;
  };
  std::size_t moved_before = 0;  // in earlier pieces
  // kNotFound, kSystemStatus, kPermissionMissing, kStaleVersion
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
  std::optional<Answer> go_on(Answer piece);
  void broken_off(Refusal& why) const;
};

}  // namespace pastille
