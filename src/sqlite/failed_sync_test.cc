// A sync that fails, and what the store may say afterwards. The calls below take the place of the
// C library's for SQLite, too.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sqlite/backup.h"
#include "sqlite/schema.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/temporary_directory.h"

namespace {

std::atomic<bool> syncs_fail{false};
// While `noting`, by one thread: the path of what was synced, and its size then.
std::atomic<bool> noting{false};
std::vector<std::pair<std::string, std::int64_t>> synced;

void note(int file) {
  struct stat found{};
  fstat(file, &found);
  synced.emplace_back(std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file)),
                      found.st_size);
}

int sync_by(long call, int file) {
  if (noting) note(file);
  if (!syncs_fail) return static_cast<int>(syscall(call, file));
  errno = EIO;
  return -1;
}

}  // namespace

extern "C" int fdatasync(int file) { return sync_by(SYS_fdatasync, file); }
extern "C" int fsync(int file) { return sync_by(SYS_fsync, file); }

namespace pastille {
namespace {

Batch one_team(std::uint64_t seq) {
  Batch made{.id = {}, .expected_seq = seq - 1, .events = {}};
  made.id[0] = static_cast<std::uint8_t>(seq);
  const std::string name = "team " + std::to_string(seq);
  made.events.push_back(
      Event{.seq = seq,
            .at = {},
            .changes = {TeamPut{Team{.id = TeamId{seq}, .name = {.text = name, .folded = name}}}}});
  return made;
}

class FailedSync : public testing::Test {
 protected:
  void TearDown() override {
    syncs_fail = false;
    noting = false;
    synced.clear();
  }

  std::uintmax_t log_size() const {
    const auto log = directory_.path() / "pastille.db-wal";
    return std::filesystem::exists(log) ? std::filesystem::file_size(log) : 0;
  }

  TemporaryDirectory directory_;
};

TEST_F(FailedSync, DecidesNothingBeforeASyncWorksAgain) {
  SqliteStore store(directory_.path());
  ASSERT_TRUE(std::holds_alternative<Committed>(store.commit(one_team(1))));
  syncs_fail = true;
  ASSERT_TRUE(std::holds_alternative<OutcomeUnknown>(store.commit(one_team(2))));
  EXPECT_THROW(store.settle(one_team(2).id), StoreFailure);
  EXPECT_THROW(store.settle(one_team(2).id), StoreFailure);
  syncs_fail = false;
  const Settled settled = store.settle(one_team(2).id);
  EXPECT_EQ(log_size(), 0U) << "what was decided still hangs on a log whose sync failed";
  EXPECT_EQ(store.load().teams.size(), settled == Settled::kThere ? 2U : 1U);
}

// The server is told to stop in the midst of it: every call says that it cannot, and none crashes.
TEST_F(FailedSync, SaysSoOfEverythingUntilItIsSettled) {
  SqliteStore store(directory_.path());
  ASSERT_TRUE(std::holds_alternative<Committed>(store.commit(one_team(1))));
  syncs_fail = true;
  ASSERT_TRUE(std::holds_alternative<OutcomeUnknown>(store.commit(one_team(2))));
  EXPECT_THROW(store.settle(one_team(2).id), StoreFailure);
  EXPECT_THROW(store.note_alive({}), StoreFailure);
  EXPECT_THROW(store.load(), StoreFailure);
  EXPECT_THROW(store.last_alive(), StoreFailure);
  EXPECT_THROW(store.changes_since(0), StoreFailure);
  EXPECT_THROW(store.forget({}, 1), StoreFailure);
  EXPECT_TRUE(std::holds_alternative<NotCommitted>(store.commit(one_team(2))));
  syncs_fail = false;
  store.settle(one_team(2).id);
  store.note_alive({});
}

TEST_F(FailedSync, LeavesNothingOfARefusedBatchForTheNextStart) {
  SqliteStore store(directory_.path());
  const Database reader = open_for_reading(directory_.path() / "pastille.db");
  ASSERT_TRUE(std::holds_alternative<Committed>(store.commit(one_team(1))));
  syncs_fail = true;
  ASSERT_TRUE(std::holds_alternative<OutcomeUnknown>(store.commit(one_team(2))));
  syncs_fail = false;
  ASSERT_EQ(store.settle(one_team(2).id), Settled::kNotThere) << "the index of the log still leads";
  EXPECT_EQ(log_size(), 0U) << "a crash now would bring the refused batch back";
  EXPECT_TRUE(std::holds_alternative<Committed>(store.commit(one_team(2))));
}

// Of what a backup and a restore make: the whole file first, then its name.
TEST_F(FailedSync, OfABackupIsNoneAndEveryByteIsOnTheDiskBeforeTheName) {
  const auto data = directory_.path() / "data";
  const auto file = directory_.path() / "monday.backup";
  {
    SqliteStore store(data);
    ASSERT_TRUE(std::holds_alternative<Committed>(store.commit(one_team(1))));
  }
  syncs_fail = true;
  EXPECT_THROW(back_up(data, file), StoreFailure);
  EXPECT_FALSE(std::filesystem::exists(file));
  syncs_fail = false;

  noting = true;
  back_up(data, file);
  ASSERT_GE(synced.size(), 2U);
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file));
  EXPECT_EQ(synced[synced.size() - 2], std::pair(file.string() + ".partial", size));
  EXPECT_EQ(synced.back().first, directory_.path().string());

  synced.clear();
  restore(file, data);
  const std::string database = data / "pastille.db";
  const auto restored = static_cast<std::int64_t>(std::filesystem::file_size(database));
  std::vector<std::string> names;
  for (const auto& [path, bytes] : synced) {
    names.push_back(path);
    EXPECT_TRUE(path != database + ".restoring" || bytes == restored) << bytes;
  }
  // The file; its name as what waits; the kept name; the final name.
  ASSERT_GE(names.size(), 4U);
  names.erase(names.begin(), names.end() - 4);
  EXPECT_EQ(names, (std::vector<std::string>{database + ".restoring", data, data, data}));
}

}  // namespace
}  // namespace pastille
