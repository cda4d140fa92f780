#include "wire/told_faults.h"

#include <algorithm>

#include "core/limits.h"
#include "core/outside_text.h"

namespace pastille {

std::vector<FieldError> to_field_errors(const std::vector<LineFault>& faults) {
  std::vector<FieldError> errors;
  errors.reserve(faults.size());
  for (const LineFault& each : faults) errors.push_back(to_field_error(each));
  return errors;
}

Refusal refusal_of(std::vector<FieldError> faults) {
  const std::size_t all = faults.size();
  Refusal refusal{.problem = Problem::kInvalid, .detail = faults.front().detail};
  if (all > limits::kImportFaultsTold) {
    refusal.detail = std::to_string(all) + " things are wrong; the first " +
                     std::to_string(limits::kImportFaultsTold) + " are named here. " +
                     refusal.detail;
    faults.resize(limits::kImportFaultsTold);
  }
  refusal.errors = std::move(faults);
  return refusal;
}

std::string told(const std::vector<FieldError>& faults) {
  std::string lines;
  const std::size_t shown = std::min(faults.size(), limits::kImportFaultsTold);
  for (std::size_t i = 0; i < shown; ++i) {
    const FieldError& each = faults[i];
    lines += "  " + (each.pointer.empty() ? "" : printable(each.pointer) + ": ") +
             printable(each.detail) + "\n";
  }
  if (faults.size() > shown) {
    lines += "  and " + std::to_string(faults.size() - shown) + " more\n";
  }
  return lines;
}

}  // namespace pastille
