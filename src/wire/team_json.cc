#include "wire/team_json.h"

#include "wire/user_json.h"

namespace pastille {

std::map<TeamId, std::size_t> team_sizes(const Organisation& organisation) {
  std::map<TeamId, std::size_t> sizes;
  organisation.people.for_each([&](UserId, const Box<Person>& person) {
    if (!person->active) return;
    for (const TeamId team : person->teams) ++sizes[team];
  });
  return sizes;
}

void write_team(JsonWriter& json, const Team& team, std::size_t members) {
  json.begin_object()
      .field("id", team.id)
      .field("name", team.name.text)
      .field("members", members)
      .field("version", team.version)
      .end_object();
}

void write_role(JsonWriter& json, const Role& role, const Organisation& organisation) {
  const std::size_t* members = organisation.role_members.find(role.id);
  json.begin_object().field("id", role.id).field("name", role.name.text).key("permissions");
  write_permissions(json, role.permissions);
  json.field("built_in", role.built_in)
      .field("members", members != nullptr ? *members : 0)
      .field("version", role.version)
      .end_object();
}

}  // namespace pastille
