// Of all that is wrong with a file, as much as one answer or one screen holds, and how much more
// there is (limits::kImportFaultsTold).
#pragma once

#include <string>
#include <vector>

#include "core/line_fault.h"

namespace pastille {

std::vector<FieldError> to_field_errors(const std::vector<LineFault>& faults);

// kInvalid with the first of them; its detail says how many there are.
Refusal refusal_of(std::vector<FieldError> faults);

// For a terminal: a line each, "line 3, role: There is no such role."
std::string told(const std::vector<FieldError>& faults);

}  // namespace pastille
