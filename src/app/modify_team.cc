#include "app/modify_team.h"

#include <utility>

#include "app/create_team.h"
#include "app/finding.h"
#include "app/recording.h"

namespace pastille {

Result<TeamId> ModifyTeam::decide(Draft& draft, const Acting& who, const Context& context) const {
  const Result<const Team*> found = find_team(draft.now(), team);
  if (!found) return std::unexpected(found.error());
  if (auto may = require(who, Permission::kTeamsManage); !may) {
    return std::unexpected(may.error());
  }
  Team after = **found;
  if (name) {
    Result<Label> label = parse_team_name(name, context.unicode);
    if (!label) return std::unexpected(label.error());
    after.name = *std::move(label);
  }
  if (auto fresh = expect_version(expected_version, after.version, team); !fresh) {
    return std::unexpected(fresh.error());
  }
  if (auto free = team_name_is_free(draft.now(), after.name, team); !free) {
    return std::unexpected(free.error());
  }
  if (after == **found) return team;
  ++after.version;
  draft.change(TeamPut{std::move(after)});
  record(draft, who, context, "team.modify", to_text(team));
  return team;
}

}  // namespace pastille
