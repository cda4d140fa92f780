#include "sqlite/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sqlite/backup_file.h"
#include "sqlite/database.h"
#include "sqlite/examination.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/temporary_directory.h"

namespace pastille {
namespace {

Batch team(std::uint64_t seq, const std::string& name) {
  Batch batch{.id = {}, .expected_seq = seq - 1, .events = {}};
  const Label label{.text = name, .folded = name};
  batch.events.push_back(
      Event{.seq = seq, .at = {}, .changes = {TeamPut{Team{.id = TeamId{seq}, .name = label}}}});
  return batch;
}

bool worst(const std::vector<Finding>& findings, Finding::Level level) {
  return std::ranges::any_of(findings, [&](const Finding& each) { return each.level == level; });
}

TEST(Backup, HoldsWhatWasThereWhileTheServerGoesOn) {
  const TemporaryDirectory directory;
  const TemporaryDirectory other;
  const auto file = other.path() / "backup.db";
  const auto data = directory.path() / "data";
  {
    SqliteStore store(data);
    store.commit(team(1, "Sales"));
    back_up(data, file);
    store.commit(team(2, "Support"));
  }
  restore(file, data);
  SqliteStore restored(data);
  const Organisation state = restored.load();
  EXPECT_EQ(state.seq, 1U);
  EXPECT_NE(state.team(TeamId{1}), nullptr);
  EXPECT_EQ(state.team(TeamId{2}), nullptr);
  EXPECT_TRUE(std::filesystem::exists(data / "pastille.db.before-restore-1"));
}

TEST(Backup, BeginsANewEpochAfterARestore) {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "pastille.db.copy";
  const auto data = directory.path() / "data";
  Epoch lost;
  {
    SqliteStore store(data);
    store.begin_epoch();
    store.commit(team(1, "Sales"));
    back_up(data, file);
  }
  {
    SqliteStore store(data);
    lost = store.begin_epoch();
    store.commit(team(2, "Support"));
  }
  restore(file, data);
  SqliteStore store(data);
  store.begin_epoch();
  Organisation state = store.load();
  EXPECT_FALSE(state.knows(Position{.epoch = lost.id, .seq = 2}));
  EXPECT_TRUE(state.knows(Position{.epoch = state.epochs.front().id, .seq = 1}));
}

TEST(Backup, OverwritesNothing) {
  const TemporaryDirectory directory;
  {
    const SqliteStore store(directory.path() / "data");
  }
  const auto file = directory.path() / "kept";
  std::ofstream(file) << "mine";
  EXPECT_THROW(back_up(directory.path() / "data", file), StoreFailure);
  EXPECT_EQ(std::filesystem::file_size(file), 4U);
}

TEST(Restore, RefusesAHeldDirectoryAndWhatIsNoBackup) {
  const TemporaryDirectory directory;
  const auto data = directory.path() / "data";
  const auto file = directory.path() / "backup";
  SqliteStore store(data);
  back_up(data, file);
  EXPECT_THROW(restore(file, data), DirectoryRefused);
  std::ofstream(directory.path() / "letter") << std::string(9000, 'x');
  EXPECT_THROW(restore(directory.path() / "letter", directory.path() / "other"), StoreFailure);
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "other" / "pastille.db"));
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

// A backup of one team in `file`, and that team and one more in `data`, not checkpointed: the
// newest is in the -wal alone.
class Restoring : public testing::Test {
 protected:
  void SetUp() override {
    SqliteStore store(data_);
    store.commit(team(1, "Sales"));
    back_up(data_, file_);
    store.commit(team(2, "Support"));
    wal_ = bytes_of(beside("-wal"));
    database_ = bytes_of(beside(""));
  }
  // As a server that was killed leaves it.
  void be_as_killed() const {
    write_file(beside(""), database_);
    write_file(beside("-wal"), wal_);
  }
  std::filesystem::path beside(const std::string& ending) const {
    return data_.string() + "/pastille.db" + ending;
  }
  static std::size_t teams(const std::filesystem::path& directory) {
    SqliteStore store(directory);
    return store.load().teams.size();
  }
  std::string refusal(const std::filesystem::path& file) const {
    try {
      verify_backup(file);
    } catch (const StoreFailure& failure) {
      return failure.what();
    }
    return "";
  }

  TemporaryDirectory folder_;
  std::filesystem::path data_ = folder_.path() / "data";
  std::filesystem::path file_ = folder_.path() / "monday.backup";
  std::string wal_;
  std::string database_;
};

TEST_F(Restoring, WorksOnAnyWreckAndKeepsIt) {
  for (const std::string& wreck : {database_.substr(0, 5000), std::string(9000, 'x'), std::string(),
                                   database_.substr(0, 4096) + std::string(8192, '\xff')}) {
    write_file(beside(""), wreck);
    write_file(beside("-wal"), std::string(500, 'y'));
    const auto kept = restore(file_, data_);
    ASSERT_TRUE(kept);
    EXPECT_EQ(bytes_of(*kept), wreck);
    EXPECT_EQ(bytes_of(kept->string() + "-wal"), std::string(500, 'y'));
    EXPECT_EQ(teams(data_), 1U);
  }
}

TEST_F(Restoring, KeepsEveryEarlierDatabaseWithItsNewestChangesUnderANumberedName) {
  be_as_killed();
  EXPECT_EQ(*restore(file_, data_), beside(".before-restore-1"));
  {
    SqliteStore store(data_);
    store.commit(team(2, "Second life"));
    store.commit(team(3, "More"));
  }
  EXPECT_EQ(*restore(file_, data_), beside(".before-restore-2"));
  EXPECT_EQ(teams(data_), 1U);
  const TemporaryDirectory first;
  for (const char* part : {"", "-wal"}) {
    std::filesystem::copy(beside(std::string(".before-restore-1") + part),
                          first.path() / (std::string("pastille.db") + part));
  }
  EXPECT_EQ(teams(first.path()), 2U);
  const TemporaryDirectory second;
  std::filesystem::copy(beside(".before-restore-2"), second.path() / "pastille.db");
  EXPECT_EQ(teams(second.path()), 3U);
}

// Between any two of its steps the power may go: the next one to hold the directory ends it.
TEST_F(Restoring, ThatWasInterruptedIsEndedByTheNextStart) {
  const std::string good = [&] {
    const TemporaryDirectory other;
    restore(file_, other.path());
    return bytes_of(other.path() / "pastille.db");
  }();
  be_as_killed();
  write_file(beside(".restored"), good);
  EXPECT_EQ(teams(data_), 1U) << "before its first step";
  be_as_killed();
  write_file(beside(".restored"), good);
  std::filesystem::remove(beside("-wal"));
  EXPECT_EQ(teams(data_), 1U) << "after the old -wal was taken away";
  std::filesystem::remove(beside(""));
  write_file(beside(".restored"), good);
  EXPECT_EQ(teams(data_), 1U) << "into a directory that held nothing";
  EXPECT_FALSE(std::filesystem::exists(beside(".restored")));
}

TEST_F(Restoring, IsOfAWholeFileOnlyAndSaysWhichFileIsNot) {
  const std::string whole = bytes_of(file_);
  EXPECT_EQ(refusal(file_), "");
  EXPECT_TRUE(verify_backup(file_).sealed);
  const auto bad = folder_.path() / "bad.backup";
  for (const std::size_t size : {whole.size() - 1, whole.size() - 40, whole.size() / 2,
                                 std::size_t{5000}, std::size_t{99}, std::size_t{0}}) {
    write_file(bad, whole.substr(0, size));
    EXPECT_THAT(refusal(bad), testing::HasSubstr(bad.string())) << size;
    EXPECT_THAT(refusal(bad), testing::ContainsRegex("cut off|not a backup")) << size;
    EXPECT_THROW(restore(bad, data_), StoreFailure) << size;
  }
  std::string flipped = whole;
  flipped[flipped.find("Sales")] = 's';
  write_file(bad, flipped);
  EXPECT_THAT(refusal(bad), testing::HasSubstr("checksum"));
  write_file(bad, whole + "x");
  EXPECT_THAT(refusal(bad), testing::HasSubstr("its end"));
  EXPECT_EQ(teams(data_), 2U);
}

TEST_F(Restoring, TakesABackupOfAnEarlierVersionWithoutAChecksum) {
  const std::string whole = bytes_of(file_);
  write_file(file_, whole.substr(0, whole.rfind("\npastille-backup ")));
  EXPECT_FALSE(verify_backup(file_).sealed);
  restore(file_, data_);
  EXPECT_EQ(teams(data_), 1U);
}

TEST_F(Restoring, AsRootLeavesEverythingToTheOwnerOfTheDirectory) {
  if (geteuid() != 0) GTEST_SKIP() << "root alone can try it";
  constexpr uid_t kNobody = 65534;
  be_as_killed();
  std::filesystem::remove(data_ / "lock");
  ASSERT_EQ(chown(data_.c_str(), kNobody, kNobody), 0);
  restore(file_, data_);
  EXPECT_EQ(teams(data_), 1U);
  for (const char* name : {"pastille.db", "lock"}) {
    struct stat found{};
    ASSERT_EQ(stat((data_ / name).c_str(), &found), 0);
    EXPECT_EQ(found.st_uid, kNobody) << name;
    EXPECT_EQ(found.st_mode & 0777U, 0600U) << name;
  }
}

TEST(Examination, LooksWithTheEyesOfTheUserWhoseDirectoryItIs) {
  if (geteuid() != 0) GTEST_SKIP() << "root alone can try it";
  constexpr uid_t kNobody = 65534;
  const TemporaryDirectory directory;
  {
    const SqliteStore store(directory.path());
  }
  EXPECT_FALSE(worst(examine(directory.path()), Finding::Level::kBad));
  ASSERT_EQ(chown(directory.path().c_str(), kNobody, kNobody), 0);
  const auto findings = examine(directory.path());
  const auto bad = std::ranges::find(findings, Finding::Level::kBad, &Finding::level);
  ASSERT_NE(bad, findings.end());
  EXPECT_THAT(bad->what, testing::HasSubstr("belongs to root"));
  EXPECT_THAT(bad->what_to_do, testing::StartsWith("chown "));
}

TEST(Examination, FindsNothingBadInAGoodDirectory) {
  const TemporaryDirectory directory;
  {
    SqliteStore store(directory.path());
    store.commit(team(1, "Sales"));
  }
  const std::vector<Finding> findings = examine(directory.path());
  EXPECT_GE(findings.size(), 5U);
  EXPECT_FALSE(worst(findings, Finding::Level::kBad));
}

TEST(Examination, FindsDamageAndSaysWhatToDo) {
  const TemporaryDirectory directory;
  {
    SqliteStore store(directory.path());
    for (std::uint64_t seq = 1; seq < 200; ++seq) {
      store.commit(team(seq, "team number " + std::to_string(seq)));
    }
  }
  {
    std::fstream file(DataDirectory::database_in(directory.path()),
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 * 3);
    file << std::string(8192, '\x5a');
  }
  const std::vector<Finding> findings = examine(directory.path());
  const auto bad = std::ranges::find(findings, Finding::Level::kBad, &Finding::level);
  ASSERT_NE(bad, findings.end());
  EXPECT_FALSE(bad->what_to_do.empty());
}

TEST(Examination, FindsARowThatIsAheadOfThePosition) {
  const TemporaryDirectory directory;
  {
    SqliteStore store(directory.path());
    store.commit(team(1, "Sales"));
  }
  {
    Database database(DataDirectory::database_in(directory.path()), Database::Mode::kReadWrite);
    database.execute("UPDATE meta SET value = '0' WHERE key = 'seq'");
  }
  EXPECT_TRUE(worst(examine(directory.path()), Finding::Level::kBad));
}

TEST(Examination, SaysThatThereIsNoDatabase) {
  const TemporaryDirectory directory;
  EXPECT_TRUE(worst(examine(directory.path()), Finding::Level::kBad));
}

}  // namespace
}  // namespace pastille
