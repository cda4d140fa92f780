// Teams and roles as the contract writes them.
#pragma once

#include <map>

#include "core/organisation.h"
#include "wire/json_writer.h"

namespace pastille {

// How many active people each team has. One walk over everyone.
std::map<TeamId, std::size_t> team_sizes(const Organisation& organisation);

void write_team(JsonWriter& json, const Team& team, std::size_t members);
void write_role(JsonWriter& json, const Role& role, const Organisation& organisation);

}  // namespace pastille
