// Creates a team. Takes teams.manage.
#pragma once

#include <optional>
#include <string>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct CreateTeam {
  std::optional<std::string> name;  // required

  using Answer = TeamId;
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // kPermissionMissing, kInvalid, kNameTaken, kLimitReached
  Result<TeamId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

Result<Label> parse_team_name(const std::optional<std::string>& text, const Unicode& unicode);
// Refuses kNameTaken; `besides` is the team that has it already.
Result<void> team_name_is_free(const Organisation& organisation, const Label& name,
                               TeamId besides = {});
// Adds the team, whose name is free, and records it. Refuses kLimitReached.
Result<TeamId> add_team(Draft& draft, const Acting& who, const Context& context, Label name);

}  // namespace pastille
