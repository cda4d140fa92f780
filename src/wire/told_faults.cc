#include "wire/told_faults.h"

#include "core/outside_text.h"

namespace pastille {

std::string told(const Refusal& refusal) {
  std::string lines;
  for (const FieldError& each : refusal.errors) {
    lines += "  " + (each.pointer.empty() ? "" : printable(each.pointer) + ": ") +
             printable(each.detail) + "\n";
  }
  if (refusal.errors_untold > 0) {
    lines += "  and " + std::to_string(refusal.errors_untold) + " more\n";
  }
  return lines;
}

}  // namespace pastille
