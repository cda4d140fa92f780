// A consistent copy of a data directory's database in one file, also while a server runs on it; and
// putting such a file in place. Files are complete or not there: written beside, synced, renamed.
#pragma once

#include <filesystem>

namespace pastille {

// Throws StoreFailure: `file` exists already, cannot be written, or the directory holds no
// database.
void back_up(const std::filesystem::path& directory, const std::filesystem::path& file);

// Makes `directory` hold what `file` holds; what it held before is kept as
// pastille.db.before-restore. The next start begins a new epoch, so that no client takes old
// positions for good. Throws DirectoryRefused: held by a server, not ours; StoreFailure: `file` is
// no backup, or is damaged.
void restore(const std::filesystem::path& file, const std::filesystem::path& directory);

}  // namespace pastille
