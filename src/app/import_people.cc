#include "app/import_people.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "app/create_person.h"
#include "app/create_team.h"
#include "app/invitations.h"
#include "app/modify_person.h"
#include "core/language_tag.h"
#include "core/limits.h"
#include "core/outside_text.h"
#include "core/person_changes.h"

namespace pastille {
namespace {

using Row = ImportPeople::Row;

constexpr std::size_t kShown = 60;  // bytes of a cell in a fault

std::string shown(std::string_view cell) { return printable(cell, kShown); }

// The faults of a refusal as faults of a line: "/role_id" becomes "role".
void note(LineFaults& faults, const Row& row, const Refusal& refusal) {
  if (refusal.errors.empty()) {
    LineFault fault{.line = row.line, .detail = refusal.detail};
    if (refusal.problem == Problem::kPermissionMissing) fault.column = "role";
    if (refusal.problem == Problem::kLoginTaken) {
      fault.column = "login";
      fault.detail += " To change people who are there, choose the update.";
      fault.code = "login_taken";
      fault.params = {{"login", shown(row.login)}};
    }
    return faults.add(std::move(fault));
  }
  for (const FieldError& error : refusal.errors) {
    std::string_view field = error.pointer;
    if (field.starts_with('/')) field.remove_prefix(1);
    field = field.substr(0, field.find('/'));
    if (field == "role_id") field = "role";
    if (field == "team_ids") field = "teams";
    faults.add({.line = row.line, .column = std::string(field), .detail = error.detail});
  }
}

// "Agent, Team lead", the first limits::kColumnsNamed of them.
template <class Map>
std::string names_of(const Map& all) {
  std::string names;
  std::size_t count = 0;
  all.for_each([&](auto, const auto& each) {
    if (++count > limits::kColumnsNamed) return;
    names += (names.empty() ? "" : ", ") + each->name.text;
  });
  if (count > limits::kColumnsNamed) {
    names += " and " + std::to_string(count - limits::kColumnsNamed) + " more";
  }
  return names;
}

// "fr_FR" and "de_DE.UTF-8" are how systems write it.
std::optional<std::string> language_named(std::string_view text, const Unicode& unicode) {
  std::string name(text.substr(0, text.find('.')));
  std::ranges::replace(name, '_', '-');
  auto tag = parse_language_tag(name);
  if (!tag || !unicode.knows_language(*tag)) return std::nullopt;
  return tag;
}

class Import {
 public:
  Import(Draft& draft, const Acting& who, const Context& context, const ImportPeople& command)
      : draft_(draft), who_(who), context_(context), command_(command) {}

  void take(const Row& row) {
    row_ = &row;
    const std::string login = folded(row.login);
    const auto [first, fresh] = lines_.emplace(login, row.line);
    if (!fresh && !login.empty()) {
      const std::string line = std::to_string(first->second);
      return fault("login", "\"" + shown(row.login) + "\" is in line " + line + " already.",
                   "login_twice", {{"login", shown(row.login)}, {"line", line}});
    }
    const UserId* there = draft_.now().logins.find(login);
    if (there != nullptr && command_.mode == ImportPeople::Mode::kUpdate) {
      modify(row, *there);
    } else {
      add(row);
    }
  }

  ImportPeople::Outcome outcome;

 private:
  using Params = std::vector<std::pair<std::string, std::string>>;

  void fault(std::string column, std::string detail, std::string code, Params params) {
    outcome.faults.add({.line = row_->line,
                        .column = std::move(column),
                        .detail = std::move(detail),
                        .code = std::move(code),
                        .params = std::move(params)});
  }
  void note_refusal(const Refusal& refusal) { note(outcome.faults, *row_, refusal); }

  void add(const Row& row) {
    CreatePerson person{.fields = fields_of(row)};
    person.fields.login = row.login;
    person.fields.display_name = row.display_name;
    person.fields.teams = teams_of(row);
    if (!person.fields.role) person.fields.role = kAgentRole;  // so that all else is checked, too
    if (row.active.value_or(true)) person.invitation_secret = row.invitation_secret;
    const auto added = person.decide(draft_, who_, context_);
    if (!added) return note_refusal(added.error());
    if (row.active == false) {
      const ModifyPerson leave{
          .user = added->user, .expected_version = {}, .patch = {.active = false}};
      const auto left = leave.decide(draft_, who_, context_);
      if (!left) return note_refusal(left.error());
    }
    keep(added->user, {.created = true, .invited = person.invitation_secret.has_value()});
  }

  void modify(const Row& row, UserId user) {
    const Person before = *draft_.now().person(user);
    ModifyPerson change{.user = user, .expected_version = {}, .patch = fields_of(row)};
    if (!row.display_name.empty()) change.patch.display_name = row.display_name;
    if (row.teams_given) change.patch.teams = teams_of(row);
    change.patch.active = row.active;
    const auto changed = change.decide(draft_, who_, context_);
    if (!changed) return note_refusal(changed.error());
    const Person& after = *draft_.now().person(user);
    ImportPeople::Step step{.changes = changes_between(before, after, draft_.now())};
    step.invited = command_.invite_again && never_came(after);
    if (step.invited && row.invitation_secret) {
      const InvitePerson again{.user = user, .secret = *row.invitation_secret};
      const auto invited = again.decide(draft_, who_, context_);
      if (!invited) return note_refusal(invited.error());
    }
    keep(user, std::move(step));
  }

  // For whom a link is no renewal, and who has no other way to sign in.
  static bool never_came(const Person& person) {
    return person.active && person.password_hash.empty() && !person.external &&
           !person.sign_in.first_at;
  }

  void keep(UserId user, ImportPeople::Step step) {
    outcome.answer.people.push_back(user);
    outcome.answer.steps.push_back(std::move(step));
  }

  // Role, language and zone, each under any of its names.
  PersonPatch fields_of(const Row& row) {
    PersonPatch fields;
    if (!row.role.empty() || command_.mode == ImportPeople::Mode::kAdd) fields.role = role_of(row);
    if (!row.locale.empty()) {
      fields.locale = language_named(row.locale, context_.unicode);
      if (!fields.locale) {
        fault("locale",
              "There is no language \"" + shown(row.locale) +
                  "\". Write its tag, as en, fr, de, pt-BR.",
              "no_such_language", {{"language", shown(row.locale)}});
      }
    }
    if (!row.time_zone.empty()) {
      fields.time_zone = context_.calendar.zone_named(row.time_zone);
      if (!fields.time_zone) {
        fault("time_zone",
              "There is no time zone \"" + shown(row.time_zone) +
                  "\". Write it as Europe/Paris or America/New_York, or as Windows does, W. Europe "
                  "Standard Time.",
              "no_such_time_zone", {{"time_zone", shown(row.time_zone)}});
      }
    }
    return fields;
  }

  std::optional<RoleId> role_of(const Row& row) {
    if (const RoleId* role = draft_.now().role_names.find(folded(row.role))) return *role;
    const std::string& known = known_of(known_roles_, draft_.now().roles);
    fault("role", "There is no role \"" + shown(row.role) + "\". There are: " + known + ".",
          "no_such_role", {{"role", shown(row.role)}, {"known", known}});
    return std::nullopt;
  }

  std::vector<TeamId> teams_of(const Row& row) {
    std::vector<TeamId> teams;
    for (const std::string& name : row.teams) {
      const std::optional<TeamId> team = team_named(name);
      if (team && std::ranges::find(teams, *team) == teams.end()) teams.push_back(*team);
    }
    return teams;
  }

  std::optional<TeamId> team_named(const std::string& name) {
    Result<Label> label = parse_team_name(name, context_.unicode);
    if (!label) {
      fault("teams", "\"" + shown(name) + "\": " + label.error().detail, "invalid", {});
      return std::nullopt;
    }
    if (const TeamId* found = draft_.now().team_names.find(label->folded)) return *found;
    if (auto may = require(who_, Permission::kTeamsManage); !may) {
      const std::string& known = known_of(known_teams_, draft_.now().teams);
      fault("teams",
            "There is no team \"" + shown(name) + "\", and creating one takes teams.manage." +
                (known.empty() ? "" : " There are: " + known + "."),
            "no_such_team", {{"team", shown(name)}, {"known", known}});
      return std::nullopt;
    }
    const std::string text = label->text;
    const Result<TeamId> made = add_team(draft_, who_, context_, *std::move(label));
    if (!made) {
      note_refusal(made.error());
      return std::nullopt;
    }
    ++outcome.answer.teams_made;
    outcome.answer.new_teams.push_back(text);
    return *made;
  }

  // The same in every fault: whoever is told it makes neither roles nor teams.
  template <class Map>
  static const std::string& known_of(std::optional<std::string>& known, const Map& all) {
    if (!known) known = names_of(all);
    return *known;
  }

  std::string folded(const std::string& text) const {
    return context_.unicode.fold(context_.unicode.tidy(text).value_or(std::string()));
  }

  Draft& draft_;
  const Acting& who_;
  const Context& context_;
  const ImportPeople& command_;
  const Row* row_ = nullptr;                  // the one in hand
  std::map<std::string, std::size_t> lines_;  // of each folded login so far
  std::optional<std::string> known_roles_;
  std::optional<std::string> known_teams_;
};

void append(ImportPeople::Answer& all, ImportPeople::Answer piece) {
  const auto add = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  add(all.people, piece.people);
  add(all.steps, piece.steps);
  add(all.new_teams, piece.new_teams);
  all.teams_made += piece.teams_made;
}

}  // namespace

Result<void> ImportPeople::permitted(const Organisation&, const Acting& who) const {
  return require(who, Permission::kUsersManage);
}

ImportPeople::Outcome ImportPeople::try_on(Draft& draft, const Acting& who,
                                           const Context& context) const {
  Import import(draft, who, context, *this);
  for (const Row& row : rows) import.take(row);
  return std::move(import.outcome);
}

Result<ImportPeople::Answer> ImportPeople::decide(Draft& draft, const Acting& who,
                                                  const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  // A trial leaves the draft as it was; of a piece with faults the writer drops all.
  std::optional<Draft> copy;
  if (dry_run) copy.emplace(draft.now());
  Import import(copy ? *copy : draft, who, context, *this);
  const std::size_t begin = done.people.size();
  const std::size_t most = dry_run ? rows.size() : limits::kPiecePeople;
  for (const Row& row : std::span(rows).subspan(begin, std::min(most, rows.size() - begin))) {
    import.take(row);
  }
  if (!import.outcome.faults.none()) {
    return std::unexpected(refusal_of(import.outcome.faults));
  }
  return std::move(import.outcome.answer);
}

std::optional<ImportPeople::Answer> ImportPeople::go_on(Answer piece) {
  append(done, std::move(piece));
  return dry_run || done.people.size() == rows.size() ? std::optional(std::move(done))
                                                      : std::nullopt;
}

std::optional<ImportPeople::Answer> ImportPeople::whole(const Answer& piece) const {
  if (!dry_run && done.people.size() + piece.people.size() < rows.size()) return std::nullopt;
  Answer all = done;
  append(all, piece);
  return all;
}

void ImportPeople::broken_off(Refusal& why) const {
  if (done.people.empty()) return;
  why.detail = "The first " + std::to_string(done.people.size()) + " of " +
               std::to_string(rows.size()) +
               " people were written and stay; then it was broken off: " + why.detail +
               " The same file goes on as an update.";
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
