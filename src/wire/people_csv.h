// A file of people as CSV: login, display_name, role, and where wanted teams (separated by ';'),
// locale, time_zone, and active, which must be yes. Pure; who is added is decided by ImportPeople.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "app/import_people.h"
#include "core/refusal.h"
#include "wire/csv.h"

namespace pastille {

std::expected<std::vector<ImportPeople::Row>, std::vector<LineFault>> parse_people_csv(
    std::string text, const Unicode& unicode);

// What is wrong as ImportPeople says it, "line 3, role" being the pointer.
std::vector<LineFault> line_faults(const std::vector<FieldError>& errors);

}  // namespace pastille
