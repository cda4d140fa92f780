#include "app/create_team.h"

#include <utility>

#include "app/recording.h"
#include "core/limits.h"

namespace pastille {

Result<Label> parse_team_name(const std::optional<std::string>& text, const Unicode& unicode) {
  if (!text) return refuse_field("/name", "A team needs a name.");
  return parse_label(*text, {.pointer = "/name", .most = limits::kTeamName}, unicode);
}

Result<void> team_name_is_free(const Organisation& organisation, const Label& name,
                               TeamId besides) {
  const TeamId* holder = organisation.team_names.find(name.folded);
  if (holder == nullptr || *holder == besides) return {};
  const std::string& taken = organisation.team(*holder)->name.text;
  return refuse_taken(Problem::kNameTaken, taken,
                      "Another team is called \"" + taken + "\". Choose another name.");
}

Result<TeamId> add_team(Draft& draft, const Acting& who, const Context& context, Label name) {
  if (draft.now().teams.size() >= limits::kTeams) {
    return refuse(Problem::kLimitReached, "There are " + std::to_string(limits::kTeams) +
                                              " teams, which is the most. Delete one first.");
  }
  const TeamId id{draft.now().next.team};
  draft.change(TeamPut{Team{.id = id, .name = std::move(name)}});
  record(draft, who, context, "team.create", to_text(id));
  return id;
}

Result<void> CreateTeam::permitted(const Organisation&, const Acting& who) const {
  return require(who, Permission::kTeamsManage);
}

Result<TeamId> CreateTeam::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  Result<Label> label = parse_team_name(name, context.unicode);
  if (!label) return std::unexpected(label.error());
  if (auto free = team_name_is_free(draft.now(), *label); !free) {
    return std::unexpected(free.error());
  }
  return add_team(draft, who, context, *std::move(label));
}

}  // namespace pastille
