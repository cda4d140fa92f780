// What is wrong with a file, as one screen of a terminal holds it.
#pragma once

#include <string>

#include "core/refusal.h"

namespace pastille {

// A line for each of its errors, "line 3, role: There is no such role.", and how many more there
// are.
std::string told(const Refusal& refusal);

}  // namespace pastille
