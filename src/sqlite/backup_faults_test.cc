// A backup is whole and on the disk before it has its name. The calls below take the place of
// SQLite's and of the C library's.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "sqlite/backup.h"
#include "sqlite/backup_file.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/temporary_directory.h"

namespace {

bool locked = false;

}  // namespace

// What SQLite answers when it cannot have a lock: some pages are copied, and it may be asked again.
extern "C" int sqlite3_backup_step(sqlite3_backup* backup, int pages) {
  using Step = int (*)(sqlite3_backup*, int);
  static const auto step = reinterpret_cast<Step>(dlsym(RTLD_NEXT, "sqlite3_backup_step"));
  if (!locked) return step(backup, pages);
  step(backup, 1);
  return SQLITE_BUSY;
}

namespace pastille {
namespace {

namespace fs = std::filesystem;

class FaultyBackup : public testing::Test {
 protected:
  void TearDown() override { locked = false; }

  const TemporaryDirectory folder_;
  const fs::path data_ = folder_.path() / "data";
  const fs::path file_ = folder_.path() / "monday.backup";
};

TEST_F(FaultyBackup, ThatStopsAtALockIsNoneAndLeavesNothing) {
  const SqliteStore store(data_);
  locked = true;
  EXPECT_THROW(back_up(data_, file_), StoreFailure);
  EXPECT_FALSE(fs::exists(file_));
  EXPECT_FALSE(fs::exists(file_.string() + ".partial"));
  locked = false;
  back_up(data_, file_);
  EXPECT_TRUE(verify_backup(file_).sealed);
}

TEST_F(FaultyBackup, OfARestoreLeavesWhatWasThere) {
  {
    const SqliteStore store(data_);
    back_up(data_, file_);
  }
  const auto before = fs::file_size(DataDirectory::database_in(data_));
  locked = true;
  EXPECT_THROW(restore(file_, data_), StoreFailure);
  EXPECT_EQ(fs::file_size(DataDirectory::database_in(data_)), before);
  EXPECT_FALSE(fs::exists(data_ / "pastille.db.restoring"));
}

}  // namespace
}  // namespace pastille
