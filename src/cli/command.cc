#include "cli/command.h"

namespace pastille::cli {

Outcome failed(std::string_view detail, int code) {
  return {.code = code, .out = {}, .err = "pastille: " + std::string(detail) + "\n"};
}

Outcome failed(const Refusal& refusal) {
  Outcome outcome = failed(refusal.detail);
  for (const FieldError& each : refusal.errors) {
    std::string_view where = each.pointer;
    if (where.starts_with('/')) where.remove_prefix(1);
    if (refusal.errors.size() == 1 && where.empty()) break;
    outcome.err += "  " + std::string(where) + ": " + each.detail + "\n";
  }
  return outcome;
}

}  // namespace pastille::cli
