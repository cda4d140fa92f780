#include "app/delete_team.h"

#include <algorithm>
#include <utility>

#include "app/finding.h"
#include "app/recording.h"

namespace pastille {

Result<DeleteTeam::Answer> DeleteTeam::decide(Draft& draft, const Acting& who,
                                              const Context& context) const {
  const Result<const Team*> found = find_team(draft.now(), team);
  if (!found) return std::unexpected(found.error());
  if (auto may = require(who, Permission::kTeamsManage); !may) {
    return std::unexpected(may.error());
  }
  if (auto fresh = expect_version(expected_version, (*found)->version, team); !fresh) {
    return std::unexpected(fresh.error());
  }
  const Piece members = first_piece(draft.now().team_members, team);
  for (const UserId each : members.people) {
    Person after = *draft.now().person(each);
    std::erase(after.teams, team);
    ++after.version;
    after.rev = draft.seq();
    draft.change(PersonPut{std::move(after)});
  }
  if (!members.last) return Answer{.done = false};
  draft.change(TeamDropped{team});
  record(draft, who, context, "team.delete", to_text(team));
  return Answer{};
}

std::optional<DeleteTeam::Answer> DeleteTeam::go_on(Answer piece) {
  return piece.done ? std::optional(piece) : std::nullopt;
}

void DeleteTeam::broken_off(Refusal& why) {
  why.detail += " If the team has many members, some have left it already.";
}

}  // namespace pastille
