// The two built-in roles, locked: Administrator with every permission, Agent with none. A first
// start writes them.
#pragma once

#include <array>

#include "core/people.h"
#include "core/unicode.h"

namespace pastille {

std::array<Role, 2> built_in_roles(const Unicode& unicode);

}  // namespace pastille
