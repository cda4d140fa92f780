// A status as the contract writes it, and what people send to make or modify one.
#pragma once

#include <boost/json/value.hpp>
#include <vector>

#include "core/organisation.h"
#include "core/status_patch.h"
#include "wire/json_writer.h"

namespace pastille {

enum class PatchOf {
  kNothing,
  kAStatus
};  // creating is a patch of nothing: no translation is removed
StatusPatch parse_status_patch(const boost::json::value& body, PatchOf of,
                               std::vector<FieldError>& faults);

// The definition alone: catalogue and frames.
void write_catalogue_status(JsonWriter& json, const Status& status);
// With in_use, and deleted_at when it is deleted.
void write_status(JsonWriter& json, const Status& status, const Organisation& organisation);
std::string status_json(const Status& status, const Organisation& organisation);

// The id of a person, null for the operator and the product.
void write_author(JsonWriter& json, const Author& author);

}  // namespace pastille
