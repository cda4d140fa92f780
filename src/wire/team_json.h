// Teams and roles as the contract writes them.
#pragma once

#include "core/organisation.h"
#include "wire/json_writer.h"

namespace pastille {

void write_team(JsonWriter& json, const Team& team, const Organisation& organisation);
void write_role(JsonWriter& json, const Role& role, const Organisation& organisation);

}  // namespace pastille
