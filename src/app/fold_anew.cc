#include "app/fold_anew.h"

#include <utility>

namespace pastille {
namespace {

constexpr char kBesides = '\x1f';  // in no fold: control characters are refused

// Whether it was another.
bool fold(Label& label, const Unicode& unicode) {
  std::string folded = unicode.fold(label.text);
  if (folded == label.folded) return false;
  label.folded = std::move(folded);
  return true;
}

// The same for a name that is unique among `names`.
template <class AnyId>
bool fold_unique(Label& label, AnyId id, const PersistentMap<std::string, AnyId>& names,
                 const Unicode& unicode) {
  std::string folded = unicode.fold(label.text);
  const AnyId* holder = names.find(folded);
  if (holder != nullptr && *holder != id) folded += kBesides + to_text(id);
  if (folded == label.folded) return false;
  label.folded = std::move(folded);
  return true;
}

bool fold(Status& status, const Organisation& organisation, const Unicode& unicode) {
  StatusFields& fields = status.fields;
  bool changed = status.deleted
                     ? fold(fields.name, unicode)
                     : fold_unique(fields.name, status.id, organisation.status_names, unicode);
  for (auto& [language, name] : fields.names) changed = fold(name, unicode) || changed;
  for (Label& tag : fields.tags) changed = fold(tag, unicode) || changed;
  return changed;
}

void tell_if_same(std::vector<std::string>& told, const std::string& id, const Label& label) {
  if (label.folded.find(kBesides) == std::string::npos) return;
  told.push_back("The name of " + id + ", \"" + label.text +
                 "\", is the same as another's by now. Rename one of them.");
}

}  // namespace

Result<bool> FoldNamesAnew::decide(Draft& draft, const Acting&, const Context& context) const {
  const Unicode& unicode = context.unicode;
  const Organisation before = draft.now();
  before.statuses.for_each([&](StatusId, const Box<Status>& each) {
    Status status = *each;
    if (fold(status, draft.now(), unicode)) draft.change(StatusPut{std::move(status)});
  });
  before.teams.for_each([&](TeamId id, const Box<Team>& each) {
    Team team = *each;
    if (fold_unique(team.name, id, draft.now().team_names, unicode)) {
      draft.change(TeamPut{std::move(team)});
    }
  });
  before.roles.for_each([&](RoleId id, const Box<Role>& each) {
    Role role = *each;
    if (fold_unique(role.name, id, draft.now().role_names, unicode)) {
      draft.change(RolePut{std::move(role)});
    }
  });
  return !draft.changes().empty();
}

Result<bool> FoldPeopleAnew::decide(Draft& draft, const Acting&, const Context& context) const {
  for (std::uint64_t number = from; number < up_to; ++number) {
    const Person* before = draft.now().person(UserId{number});
    if (before == nullptr || before->erased) continue;
    Person person = *before;
    const bool login = fold_unique(person.login, person.id, draft.now().logins, context.unicode);
    if (fold(person.display_name, context.unicode) || login) {
      draft.change(PersonPut{std::move(person)});
    }
  }
  return !draft.changes().empty();
}

std::vector<std::string> names_that_are_the_same(const Organisation& organisation) {
  std::vector<std::string> told;
  organisation.statuses.for_each([&](StatusId id, const Box<Status>& status) {
    if (!status->deleted) tell_if_same(told, to_text(id), status->fields.name);
  });
  organisation.teams.for_each(
      [&](TeamId id, const Box<Team>& team) { tell_if_same(told, to_text(id), team->name); });
  organisation.roles.for_each(
      [&](RoleId id, const Box<Role>& role) { tell_if_same(told, to_text(id), role->name); });
  organisation.people.for_each([&](UserId id, const Box<Person>& person) {
    tell_if_same(told, to_text(id), person->login);
  });
  return told;
}

}  // namespace pastille
