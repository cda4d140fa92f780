// The last step of a restore: a complete database that lies in the data directory as
// pastille.db.restored takes the place of pastille.db. Nothing of what it replaces is opened, and
// a step that was interrupted is done again from its beginning by whoever holds the directory next:
// at no moment is there a pastille.db with half of its files.
#pragma once

#include <filesystem>
#include <optional>

namespace pastille {

// Where a restored database waits, complete and on the disk.
std::filesystem::path restored_database(const std::filesystem::path& directory);

// Keeps what was there before as pastille.db.before-restore-1, or with the next free number, its
// -wal with it, and gives its name; nullopt: there was nothing, or nothing waits. The directory
// must be held. Throws StoreFailure.
std::optional<std::filesystem::path> put_restored_in_place(const std::filesystem::path& directory);

}  // namespace pastille
