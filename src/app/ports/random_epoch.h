// The id of a new epoch, for stores: 65 random bits in base 32, opaque, without a dot.
#pragma once

#include <string>

namespace pastille {

std::string random_epoch();

}  // namespace pastille
