// A backup as a file: a database of SQLite, and after its last page one line with its checksum:
//   pastille-backup 1 SIZE SHA-256 (in hexadecimal digits)
// SQLite reads the pages that the first one counts, so the line is in no reader's way; a backup of
// an earlier version has none. `head -c SIZE FILE | sha256sum` says the same without Pastille.
#pragma once

#include <cstdint>
#include <filesystem>

#include "sqlite/database.h"

namespace pastille {

// Adds the line to a complete database file. The caller syncs it. Throws StoreFailure.
void seal_backup(const std::filesystem::path& file);

struct VerifiedBackup {
  std::uintmax_t bytes = 0;  // of the database
  bool sealed = false;       // false: of an earlier version, which wrote no checksum
  Database database;         // open for reading
};
// Reads all of `file` and every page of its database. Throws StoreFailure, which names the file and
// says what it is instead: not there, not a backup, cut off, damaged, of a newer version.
VerifiedBackup verify_backup(const std::filesystem::path& file);

// Every page is whole; else what SQLite says.
std::string damage_of(Database& database);

}  // namespace pastille
