// Renames a team. Takes teams.manage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct ModifyTeam {
  TeamId team;
  std::optional<std::uint64_t> expected_version;
  std::optional<std::string> name;

  using Answer = TeamId;
  // kNotFound, kPermissionMissing, kInvalid, kStaleVersion, kNameTaken
  Result<TeamId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
