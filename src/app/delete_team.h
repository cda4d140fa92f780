// Deletes a team. Its members stay; they are no longer in it. Takes teams.manage. In pieces: while
// there are more members than one piece, those leave it and it stays.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"
#include "app/pieces.h"

namespace pastille {

struct DeleteTeam {
  TeamId team;
  std::optional<std::uint64_t> expected_version;

  struct Answer {
    bool done = true;
  };
  // kNotFound, kPermissionMissing, kStaleVersion
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
  static std::optional<Answer> go_on(Answer piece);
  static void broken_off(Refusal& why);
};

}  // namespace pastille
