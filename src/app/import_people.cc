#include "app/import_people.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/create_person.h"
#include "app/create_team.h"

namespace pastille {
namespace {

std::string place(const ImportPeople::Row& row, std::string_view field) {
  return "line " + std::to_string(row.line) + ", " + std::string(field);
}

// The faults of a refusal as faults of a line: "/role_id" becomes "line 3, role".
void note(Faults& faults, const ImportPeople::Row& row, const Refusal& refusal) {
  if (refusal.errors.empty()) {
    if (refusal.problem == Problem::kLoginTaken) {
      return faults.add(place(row, "login"), refusal.detail);
    }
    if (refusal.problem == Problem::kPermissionMissing) {
      return faults.add(place(row, "role"), refusal.detail);
    }
    return faults.add("line " + std::to_string(row.line), refusal.detail);
  }
  for (const FieldError& error : refusal.errors) {
    std::string_view field = error.pointer;
    if (field.starts_with('/')) field.remove_prefix(1);
    field = field.substr(0, field.find('/'));
    if (field == "role_id") field = "role";
    if (field == "team_ids") field = "teams";
    faults.add(place(row, field), error.detail);
  }
}

std::optional<RoleId> role_named(const Organisation& organisation, const std::string& name,
                                 const Unicode& unicode) {
  const RoleId* found =
      organisation.role_names.find(unicode.fold(unicode.tidy(name).value_or(std::string())));
  return found == nullptr ? std::nullopt : std::optional(*found);
}

class Import {
 public:
  Import(Draft& draft, const Acting& who, const Context& context)
      : draft_(draft), who_(who), context_(context) {}

  void add(const ImportPeople::Row& row) {
    CreatePerson person{.fields = {.login = row.login, .display_name = row.display_name},
                        .invitation_secret = row.invitation_secret};
    person.fields.role = role_named(draft_.now(), row.role, context_.unicode);
    if (!person.fields.role) {
      faults.add(place(row, "role"), "There is no role \"" + row.role + "\".");
      person.fields.role = kAgentRole;  // so that the rest of the line is checked, too
    }
    person.fields.teams = teams_of(row);
    if (!row.locale.empty()) person.fields.locale = row.locale;
    if (!row.time_zone.empty()) person.fields.time_zone = row.time_zone;
    const auto added = person.decide(draft_, who_, context_);
    if (added) {
      answer.people.push_back(added->user);
    } else {
      note(faults, row, added.error());
    }
  }

  Faults faults;
  ImportPeople::Answer answer;

 private:
  std::vector<TeamId> teams_of(const ImportPeople::Row& row) {
    std::vector<TeamId> teams;
    for (const std::string& name : row.teams) {
      const Result<TeamId> team = team_named(name);
      if (!team) {
        note(faults, row, team.error());
      } else if (std::ranges::find(teams, *team) == teams.end()) {
        teams.push_back(*team);
      }
    }
    return teams;
  }

  Result<TeamId> team_named(const std::string& name) {
    Result<Label> label = parse_team_name(name, context_.unicode);
    if (!label) {
      return refuse_field("/teams", "\"" + name + "\": " + label.error().detail);
    }
    if (const TeamId* found = draft_.now().team_names.find(label->folded)) return *found;
    if (auto may = require(who_, Permission::kTeamsManage); !may) {
      return refuse_field("/teams", "There is no team \"" + name +
                                        "\", and creating one takes "
                                        "teams.manage.");
    }
    Result<TeamId> made = add_team(draft_, who_, context_, *std::move(label));
    if (made) ++answer.teams_made;
    return made;
  }

  Draft& draft_;
  const Acting& who_;
  const Context& context_;
};

}  // namespace

Result<void> ImportPeople::permitted(const Organisation&, const Acting& who) const {
  return require(who, Permission::kUsersManage);
}

Result<ImportPeople::Answer> ImportPeople::decide(Draft& draft, const Acting& who,
                                                  const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  Draft copy(draft.now());
  Import import(copy, who, context);
  for (const Row& row : rows) import.add(row);
  if (auto valid = import.faults.verdict(); !valid) return std::unexpected(valid.error());
  if (!dry_run) {
    for (Change& change : copy.take_changes()) draft.change(std::move(change));
  }
  return std::move(import.answer);
}

}  // namespace pastille
