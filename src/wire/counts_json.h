// How many people show what: {by_type, by_status}. For the board and for frames.
#pragma once

#include "core/organisation.h"
#include "wire/json_writer.h"

namespace pastille {

// As an object; by_status leaves out what nobody shows.
void write_counts(JsonWriter& json, const Organisation& organisation);
// The two members alone, inside an object of the caller.
void write_count_members(JsonWriter& json, const Organisation& organisation);

}  // namespace pastille
