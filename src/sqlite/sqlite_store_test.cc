#include "sqlite/sqlite_store.h"

#include <fstream>
#include <memory>

#include "app/ports/store_contract.h"
#include "core/limits.h"
#include "sql/erased_history.h"
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

Batch of(std::vector<Change> changes) {
  Batch batch{.id = {1}, .expected_seq = 0, .events = {}};
  batch.events.push_back(Event{.seq = 1, .at = {}, .changes = std::move(changes)});
  return batch;
}

TEST(SqliteStore, KeepsNothingOfABatchThatBreaksARule) {
  const TemporaryDirectory directory;
  SqliteStore store(directory.path());
  Person nobodys_role;
  nobodys_role.id = UserId{1};
  nobodys_role.role = RoleId{44};
  const Change team = TeamPut{Team{.id = TeamId{1}, .name = {}}};
  const CommitResult result = store.commit(of({team, PersonPut{nobodys_role}}));
  ASSERT_TRUE(std::holds_alternative<Unstorable>(result));
  EXPECT_EQ(std::get<Unstorable>(result).fault, Fault::kContradiction);
  EXPECT_TRUE(store.load().teams.empty());
  EXPECT_EQ(store.load().seq, 0U);
  EXPECT_TRUE(std::holds_alternative<Committed>(store.commit(of({team}))));
}

TEST(SqliteStore, SaysOfTextThatPostgresWouldNotTakeThatItIsTheValuesFault) {
  const TemporaryDirectory directory;
  SqliteStore store(directory.path());
  for (const std::string_view text : {"a\xff", "\xed\xa0\x80", "cut \xc3"}) {
    const Change team = TeamPut{Team{.id = TeamId{1}, .name = {.text = std::string(text)}}};
    const CommitResult result = store.commit(of({team}));
    ASSERT_TRUE(std::holds_alternative<Unstorable>(result)) << text;
    EXPECT_EQ(std::get<Unstorable>(result).fault, Fault::kValue);
  }
  const Change nul = TeamPut{Team{.id = TeamId{1}, .name = {.text = std::string("a\0b", 3)}}};
  EXPECT_TRUE(std::holds_alternative<Unstorable>(store.commit(of({nul}))));
  EXPECT_TRUE(store.load().teams.empty());
}

// Left in the midst of its rows it would keep the database from being changed, and the next who
// uses it would get the rest of them.
TEST(SqliteDatabase, BeginsAKeptStatementAnewAfterItsReaderThrew) {
  const TemporaryDirectory directory;
  Database database(directory.path() / "some.db", Database::Mode::kCreate);
  database.execute("CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES (1), (2), (3)");
  constexpr const char* kAll = "SELECT n FROM numbers WHERE n >= ? ORDER BY n";
  const auto first_of = [&](std::int64_t least) {
    Statement& query = database.statement(kAll);
    query.bind(least).step();
    return query.integer(0);
  };
  EXPECT_EQ(first_of(1), 1);  // and leaves it there, as what throws does
  EXPECT_EQ(first_of(3), 3);
  EXPECT_TRUE(sqlite3_stmt_busy(sqlite3_next_stmt(database.handle(), nullptr)) != 0);
  database.execute("BEGIN");
  database.interrupt();
  EXPECT_FALSE(sqlite3_stmt_busy(sqlite3_next_stmt(database.handle(), nullptr)) != 0);
  EXPECT_FALSE(database.in_transaction());
}

TEST(SqliteDatabase, RefusesAValueThatItDoesNotTakeAndIsReadyForTheNext) {
  const TemporaryDirectory directory;
  Database database(directory.path() / "some.db", Database::Mode::kCreate);
  database.execute("CREATE TABLE texts (t TEXT)");
  sqlite3_limit(database.handle(), SQLITE_LIMIT_LENGTH, 100);
  const auto insert = [&](const std::string& text) {
    database.statement("INSERT INTO texts VALUES (?)").bind(text).run();
  };
  try {
    insert(std::string(101, 'x'));
    ADD_FAILURE() << "a value that was too big was left out in silence";
  } catch (const SqliteFailure& failure) {
    EXPECT_EQ(failure.fault(), Fault::kValue);
  }
  insert("short");
  EXPECT_EQ(database.text("SELECT group_concat(t) FROM texts"), "short");
}

TEST(SqliteStore, KeepsTheNewestEpochsOnly) {
  const TemporaryDirectory directory;
  SqliteStore store(directory.path());
  for (std::size_t i = 0; i < limits::kEpochsKept; ++i) store.begin_epoch();
  const Epochs all = store.load().epochs;
  EXPECT_EQ(all.size(), limits::kEpochsKept);
  store.begin_epoch();
  const Epochs later = store.load().epochs;
  EXPECT_EQ(later.size(), limits::kEpochsKept);
  EXPECT_EQ(later.front(), all.all()[1]);
}

// Of `rows` steps of one person and one of another one: how many are left when it is erased, and
// after each piece that is forgotten.
std::vector<std::int64_t> left_of_erased(std::size_t rows) {
  const TemporaryDirectory directory;
  {
    const SqliteStore made(directory.path());
  }
  Database database = open_for_writing(DataDirectory::database_in(directory.path()));
  database.execute("PRAGMA foreign_keys = OFF");
  const auto insert = [&](int user) {
    database
        .statement(
            "INSERT INTO own_history (user, at, status, name, type, note) VALUES (?,1,1,'',1,'')")
        .bind(user)
        .run();
  };
  insert(2);
  for (std::size_t i = 0; i < rows; ++i) insert(1);
  std::vector<std::int64_t> left;
  const auto count = [&] {
    left.push_back(database.integer("SELECT count(*) FROM own_history WHERE user = 1"));
  };
  sql::erase_own_history(database, UserId{1});
  count();
  while (sql::forget_erased_history(database, limits::kErasedAtOnce)) count();
  EXPECT_EQ(database.integer("SELECT count(*) FROM own_history"), 1);
  EXPECT_EQ(sql::own_history_erased_up_to(database, UserId{1}), 0);
  return left;
}

TEST(SqliteStore, ErasesNoMoreThanAPieceOfAHistoryAtOnce) {
  constexpr std::size_t kPiece = limits::kErasedAtOnce;
  EXPECT_EQ(left_of_erased(kPiece), (std::vector<std::int64_t>{0}));
  EXPECT_EQ(left_of_erased(kPiece + 1), (std::vector<std::int64_t>{1, 0}));
  EXPECT_EQ(left_of_erased(2 * kPiece + 1), (std::vector<std::int64_t>{kPiece + 1, 1, 0}));
}

}  // namespace
}  // namespace pastille
