// Whether the server may use its directory, as its own user would find it: root, who asks, may read
// and write everything. Changes nothing.
#pragma once

#include <filesystem>
#include <vector>

#include "sqlite/examination.h"

namespace pastille {

// Looks as the user of the server that holds the directory, and where none does, as the directory's
// owner: at the way there, the directory, each file of ours in it, and how it is mounted.
std::vector<Finding> examine_access(const std::filesystem::path& directory);

}  // namespace pastille
