#include "sqlite/sqlite_store.h"

#include <fstream>
#include <memory>

#include "app/ports/store_contract.h"
#include "sqlite/data_directory.h"
#include "sqlite/schema.h"
#include "sqlite/sqlite_archive.h"
#include "sqlite/temporary_directory.h"

namespace pastille {
namespace {

class SqliteFixture {
 public:
  SqliteFixture() { reopen(); }
  Store& store() { return *store_; }
  Archive& archive() { return *archive_; }
  void reopen() {
    archive_.reset();
    store_.reset();
    store_ = std::make_unique<SqliteStore>(directory_.path());
    archive_ = std::make_unique<SqliteArchive>(directory_.path());
  }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<SqliteArchive> archive_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, StoreContract, SqliteFixture);

std::string refusal_of(const std::filesystem::path& directory) {
  try {
    const SqliteStore store(directory);
  } catch (const DirectoryRefused& refused) {
    return refused.what();
  }
  return "";
}

TEST(SqliteStore, WritesThroughToTheDisk) {
  const TemporaryDirectory directory;
  Database database = open_for_writing(DataDirectory::database_in(directory.path()));
  EXPECT_EQ(database.text("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(database.integer("PRAGMA synchronous"), 2);
  EXPECT_EQ(database.integer("PRAGMA foreign_keys"), 1);
}

TEST(SqliteStore, IsOpenedByOneProcessAtATime) {
  const TemporaryDirectory directory;
  const SqliteStore store(directory.path());
  EXPECT_NE(refusal_of(directory.path()).find("in use by process " + std::to_string(getpid())),
            std::string::npos);
}

TEST(SqliteStore, RefusesADirectoryOfSomethingElse) {
  const TemporaryDirectory directory;
  std::ofstream(directory.path() / "thesis.txt") << "all of it";
  EXPECT_NE(refusal_of(directory.path()).find("not a data directory"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(directory.path() / "thesis.txt"));
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "lock"));
}

// A first start that was interrupted leaves one.
TEST(SqliteStore, TakesADatabaseThatHoldsNothingForAFreshOne) {
  const TemporaryDirectory directory;
  const auto file = DataDirectory::hold(directory.path()).database();
  Database(file, Database::Mode::kCreate).execute("PRAGMA journal_mode = WAL");
  ASSERT_GT(std::filesystem::file_size(file), 0U);
  EXPECT_THROW(open_for_reading(file), DirectoryRefused);
  SqliteStore store(directory.path());
  EXPECT_EQ(store.load().seq, 0U);
}

TEST(SqliteStore, RefusesADatabaseOfSomethingElse) {
  const TemporaryDirectory directory;
  {
    Database other(DataDirectory::database_in(directory.path()), Database::Mode::kCreate);
    other.execute("CREATE TABLE recipes (name TEXT)");
  }
  EXPECT_NE(refusal_of(directory.path()).find("another program"), std::string::npos);
}

TEST(SqliteStore, RefusesAFileThatIsNoDatabase) {
  const TemporaryDirectory directory;
  std::ofstream(DataDirectory::database_in(directory.path())) << std::string(5000, 'x');
  EXPECT_NE(refusal_of(directory.path()).find("not a database"), std::string::npos);
}

TEST(SqliteStore, RefusesANewerVersionAndSaysWhich) {
  const TemporaryDirectory directory;
  {
    const SqliteStore store(directory.path());
  }
  {
    Database database(DataDirectory::database_in(directory.path()), Database::Mode::kReadWrite);
    database.execute("PRAGMA user_version = 99");
    database.execute("UPDATE meta SET value = '99' WHERE key = 'readable_from'");
  }
  EXPECT_NE(refusal_of(directory.path()).find("schema 99"), std::string::npos);
}

TEST(SqliteStore, OpensANewerVersionThatSaysItIsReadable) {
  const TemporaryDirectory directory;
  {
    const SqliteStore store(directory.path());
  }
  {
    Database database(DataDirectory::database_in(directory.path()), Database::Mode::kReadWrite);
    database.execute("PRAGMA user_version = 99");
  }
  EXPECT_EQ(refusal_of(directory.path()), "");
}

TEST(SqliteStore, NotesWhichTablesMadeItsFolds) {
  const TemporaryDirectory directory;
  {
    SqliteStore store(directory.path());
    EXPECT_EQ(store.folding_version(), "");
    store.note_folding_version("one");
    store.note_folding_version("two");
  }
  EXPECT_EQ(SqliteStore(directory.path()).folding_version(), "two");
}

TEST(SqliteStore, KeepsNothingOfABatchThatBreaksARule) {
  const TemporaryDirectory directory;
  SqliteStore store(directory.path());
  Batch batch;
  Person nobodys_role;
  nobodys_role.id = UserId{1};
  nobodys_role.role = RoleId{44};
  batch.events.push_back(
      Event{.seq = 1,
            .at = {},
            .changes = {TeamPut{Team{.id = TeamId{1}, .name = {}}}, PersonPut{nobodys_role}}});
  EXPECT_TRUE(std::holds_alternative<NotCommitted>(store.commit(batch)));
  EXPECT_TRUE(store.load().teams.empty());
  EXPECT_EQ(store.load().seq, 0U);
}

}  // namespace
}  // namespace pastille
