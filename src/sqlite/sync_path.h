// Puts a file, or the names in a directory, on the disk. Throws StoreFailure.
#pragma once

#include <filesystem>

namespace pastille {

void sync_path(const std::filesystem::path& path);
// The directory that holds the file, so that its name lasts.
void sync_name(const std::filesystem::path& file);

}  // namespace pastille
