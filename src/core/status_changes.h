// What differs between two definitions of a status, field by field, as history keeps it.
#pragma once

#include <vector>

#include "core/history.h"
#include "core/status.h"

namespace pastille {

// Fields as the contract names them, in its order; translations one by one as names.fr. What is not
// there is null. Empty: nothing differs.
std::vector<FieldChange> changes_between(const StatusFields& before, const StatusFields& after);

// All that a new status came with: every field that is not null, zero or empty.
std::vector<FieldChange> changes_of_new(const StatusFields& fields);

}  // namespace pastille
