// A status as the contract writes it.
#pragma once

#include "core/organisation.h"
#include "wire/json_writer.h"

namespace pastille {

// The definition alone: catalogue and frames.
void write_catalogue_status(JsonWriter& json, const Status& status);
// With in_use, and deleted_at when it is deleted.
void write_status(JsonWriter& json, const Status& status, const Organisation& organisation);
std::string status_json(const Status& status, const Organisation& organisation);

// The id of a person, null for the operator and the product.
void write_author(JsonWriter& json, const Author& author);

}  // namespace pastille
