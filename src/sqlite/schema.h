// Opening the database file: is it ours, is it of a version that this program reads, and bringing
// it up to date. Migrations run in one transaction: all or none.
#pragma once

#include <filesystem>

#include "sqlite/database.h"

namespace pastille {

inline constexpr std::int64_t kApplicationId = 0x50617374;  // "Past", in the file's header

// The number of the newest migration that this program carries.
int newest_schema();

// Opens or makes it, with WAL, synchronous FULL and foreign keys, and migrates. Throws
// DirectoryRefused for a database of something else or of a newer version.
Database open_for_writing(const std::filesystem::path& file);
// A connection of its own for reading beside the writer.
Database open_for_reading(const std::filesystem::path& file);

// Only looks: throws DirectoryRefused like the above.
void check_is_ours(Database& database, const std::filesystem::path& file);

}  // namespace pastille
