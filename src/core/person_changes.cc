#include "core/person_changes.h"

#include <string>
#include <utility>

#include "core/json_text.h"

namespace pastille {
namespace {

std::string teams_json(const Person& person, const Organisation& organisation) {
  std::string out = "[";
  for (const TeamId each : person.teams) {
    if (out.size() > 1) out += ',';
    out += json_text(organisation.team(each)->name.text);
  }
  return out + ']';
}

std::string role_json(const Person& person, const Organisation& organisation) {
  return json_text(organisation.role(person.role)->name.text);
}

}  // namespace

std::vector<FieldChange> changes_between(const Person& before, const Person& after,
                                         const Organisation& organisation) {
  std::vector<FieldChange> changes;
  const auto compare = [&](const char* field, std::string was, std::string is) {
    if (was != is) changes.push_back({field, std::move(was), std::move(is)});
  };
  compare("display_name", json_text(before.display_name.text), json_text(after.display_name.text));
  compare("role", role_json(before, organisation), role_json(after, organisation));
  compare("teams", teams_json(before, organisation), teams_json(after, organisation));
  compare("locale", json_text(before.locale), json_text(after.locale));
  compare("time_zone", json_text(before.time_zone), json_text(after.time_zone));
  compare("active", before.active ? "true" : "false", after.active ? "true" : "false");
  return changes;
}

}  // namespace pastille
