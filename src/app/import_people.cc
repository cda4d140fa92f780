#include "app/import_people.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "app/create_person.h"
#include "app/create_team.h"
#include "core/limits.h"

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

Result<ImportPeople::Answer> ImportPeople::decide(Draft& draft, const Acting& who,
                                                  const Context& context) const {
  if (auto may = require(who, Permission::kUsersManage); !may) {
    return std::unexpected(may.error());
  }
  // A trial leaves the draft as it was; of a piece with faults the writer drops all.
  std::optional<Draft> copy;
  if (dry_run) copy.emplace(draft.now());
  Import import(copy ? *copy : draft, who, context);
  const std::size_t begin = done.people.size();
  const std::size_t most = dry_run ? rows.size() : limits::kPiecePeople;
  for (const Row& row : std::span(rows).subspan(begin, std::min(most, rows.size() - begin))) {
    import.add(row);
  }
  if (auto valid = import.faults.verdict(); !valid) return std::unexpected(valid.error());
  return std::move(import.answer);
}

std::optional<ImportPeople::Answer> ImportPeople::go_on(Answer piece) {
  done.people.insert(done.people.end(), piece.people.begin(), piece.people.end());
  done.teams_made += piece.teams_made;
  return dry_run || done.people.size() == rows.size() ? std::optional(std::move(done))
                                                      : std::nullopt;
}

void ImportPeople::broken_off(Refusal& why) const {
  if (done.people.empty()) return;
  why.detail = "The first " + std::to_string(done.people.size()) + " of " +
               std::to_string(rows.size()) +
               " people were added and stay; then it was broken off: " + why.detail;
}

Result<ImportPeople::Answer> try_out(ImportPeople& import, const Organisation& organisation,
                                     const Acting& who, const Context& context) {
  Draft draft(organisation);
  const bool before = std::exchange(import.dry_run, true);
  auto answer = import.decide(draft, who, context);
  import.dry_run = before;
  return answer;
}

}  // namespace pastille
