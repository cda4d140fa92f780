#include "wire/team_json.h"

#include "wire/user_json.h"

namespace pastille {

void write_team(JsonWriter& json, const Team& team, const Organisation& organisation) {
  const std::size_t* members = organisation.team_sizes.find(team.id);
  json.begin_object()
      .field("id", team.id)
      .field("name", team.name.text)
      .field("members", members != nullptr ? *members : 0)
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
