// What somebody wants a role to be, from outside, and the one place where it becomes a Role.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/faults.h"
#include "core/people.h"
#include "core/unicode.h"

namespace pastille {

// Absent fields stay as they are.
struct RolePatch {
  std::optional<std::string> name = {};
  std::optional<std::vector<std::string>> permissions = {};  // "statuses.create"; replaced whole
};

// What is wrong is noted in `faults` and left as it was.
Role patched(Role before, const RolePatch& patch, const Unicode& unicode, Faults& faults);

}  // namespace pastille
