// File descriptors: how many this process may have, and how many connections that leaves.
#pragma once

#include <cstddef>

namespace pastille::server {

// Raises the limit as far as the system lets us, and says what it is.
std::size_t most_descriptors();

// As many connections as are wanted and as descriptors leave room for, kDescriptorsKept of them
// aside; ten in any case.
std::size_t connections_within(std::size_t descriptors, std::size_t wanted);

}  // namespace pastille::server
