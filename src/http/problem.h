// Refusals as answers: application/problem+json.
#pragma once

#include "core/organisation.h"
#include "http/response.h"

namespace pastille::http {

// `organisation` is for the `current` of a stale version.
Response problem_response(const Refusal& refusal, const Organisation* organisation = nullptr);

}  // namespace pastille::http
