// A person's own status: {entry, pending}.
#pragma once

#include "core/organisation.h"
#include "wire/json_writer.h"

namespace pastille {

void write_my_status(JsonWriter& json, UserId user, const Organisation& organisation);

}  // namespace pastille
