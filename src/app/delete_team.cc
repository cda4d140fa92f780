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
  const auto people = draft.now().people;
  people.for_each([&](UserId, const Box<Person>& before) {
    if (std::ranges::find(before->teams, team) == before->teams.end()) return;
    Person after = *before;
    std::erase(after.teams, team);
    ++after.version;
    after.rev = draft.seq();
    draft.change(PersonPut{std::move(after)});
  });
  draft.change(TeamDropped{team});
  record(draft, who, context, "team.delete", to_text(team));
  return Answer{};
}

}  // namespace pastille
