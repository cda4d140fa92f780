// The five system statuses (R5): one per type, locked (R6), with ids 1 to 5 and names in English
// and French. A first start writes them.
#pragma once

#include <array>

#include "core/status.h"
#include "core/unicode.h"

namespace pastille {

std::array<Status, 5> system_statuses(const Unicode& unicode, Time now);

}  // namespace pastille
