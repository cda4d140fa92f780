// Problems: the one map from their codes to HTTP status, slug and title, and the problem details
// (RFC 9457) that answers and frames carry.
#pragma once

#include <optional>
#include <string_view>

#include "core/organisation.h"
#include "wire/json_writer.h"

namespace pastille {

int problem_status(Problem problem);
std::string_view problem_slug(Problem problem);  // "stale-version"
std::string_view problem_title(Problem problem);

// `organisation` gives the `current` of a stale version; without it that is left out.
void write_problem(JsonWriter& json, const Refusal& refusal, const Organisation* organisation);

}  // namespace pastille
