// A consistent copy of a data directory's database in one file, also while a server runs on it; and
// putting such a file in place. Files are complete or not there: written beside, checked, synced,
// renamed. What a backup is as a file: sqlite/backup_file.h.
#pragma once

#include <filesystem>
#include <optional>

namespace pastille {

// Throws StoreFailure: `file` exists already, cannot be written, or the directory holds no
// database.
void back_up(const std::filesystem::path& directory, const std::filesystem::path& file);
// The same into an open file, as standard output; needs room in the directory meanwhile.
void back_up(const std::filesystem::path& directory, int descriptor);

// Makes `directory` hold what `file` holds, whatever wreck it held before, and gives the name under
// which that is kept (sqlite/restored_database.h); nullopt: it held nothing. The next start begins
// a new epoch, so that no client takes old positions for good. Throws DirectoryRefused: held by a
// server, not ours; StoreFailure: `file` is no backup, or is damaged.
std::optional<std::filesystem::path> restore(const std::filesystem::path& file,
                                             const std::filesystem::path& directory);

}  // namespace pastille
