#include "sqlite/backup.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

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
  EXPECT_TRUE(std::filesystem::exists(data / "pastille.db.before-restore"));
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
