// A person's own status: what they send to set it, and {entry, pending}.
#pragma once

#include <boost/json/value.hpp>
#include <vector>

#include "app/own_status.h"
#include "core/organisation.h"
#include "wire/json_writer.h"

namespace pastille {

// {status_id, note?, until? or for_s?}
SetOwnStatus parse_set_status(const boost::json::value& body, std::vector<FieldError>& faults);

void write_own_status(JsonWriter& json, UserId user, const OwnStatus& shown,
                      const Organisation& organisation);

}  // namespace pastille
