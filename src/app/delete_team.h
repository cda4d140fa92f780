// Deletes a team. Its members stay; they are no longer in it. Takes teams.manage.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct DeleteTeam {
  TeamId team;
  std::optional<std::uint64_t> expected_version;

  struct Answer {};
  // kNotFound, kPermissionMissing, kStaleVersion
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
