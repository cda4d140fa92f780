// After a failed fsync the kernel may hold pages that it calls clean and that never reached the
// disk: the next fsync then succeeds without writing them. What is read from such a file is not to
// be believed, however often it is synced.
//
// write_log_again() writes every byte of the database's log over itself and syncs it, so that what
// can be read of it is on the disk. The bytes do not change, so readers are not disturbed; no other
// writer may be at work. The log has no POSIX locks (those are on the database and its index), so
// opening and closing it here gives up none. Throws StoreFailure.
#pragma once

#include <filesystem>

namespace pastille {

void write_log_again(const std::filesystem::path& database);

}  // namespace pastille
