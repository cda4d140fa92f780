#include "postgres/postgres_store.h"

#include <memory>
#include <thread>

#include "app/ports/store_contract.h"
#include "postgres/own_database_test.h"
#include "postgres/postgres_archive.h"

namespace pastille::postgres {

class PostgresFixture {
 public:
  PostgresFixture() { reopen(); }
  Store& store() { return *store_; }
  Archive& archive() { return *archive_; }
  void reopen() {
    archive_.reset();
    store_.reset();
    store_ = std::make_unique<PostgresStore>(database_.conninfo());
    store_->join();
    archive_ = std::make_unique<PostgresArchive>(database_.conninfo());
  }

 private:
  OwnDatabase database_;
  std::unique_ptr<PostgresStore> store_;
  std::unique_ptr<PostgresArchive> archive_;
};

}  // namespace pastille::postgres

namespace pastille {

INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, StoreContract, postgres::PostgresFixture);

}  // namespace pastille

namespace pastille::postgres {
namespace {

Batch team(std::uint64_t seq, std::uint8_t id) {
  Team made{.id = TeamId{seq}};
  made.name = {.text = "Team " + std::to_string(seq), .folded = "team " + std::to_string(seq)};
  Batch batch{.id = {id}, .expected_seq = seq - 1, .events = {}};
  batch.events.push_back(Event{.seq = seq, .at = Time(Duration(1)), .changes = {TeamPut{made}}});
  return batch;
}

std::string refusal_of(const std::string& conninfo,
                       PostgresStore::Use use = PostgresStore::Use::kShared) {
  try {
    const PostgresStore store(conninfo, {}, use);
  } catch (const StoreFailure& failure) {
    return failure.what();
  }
  return "";
}

TEST(PostgresStore, NotesWhichTablesMadeItsFoldsWhileItIsTheOnlyNode) {
  const OwnDatabase database;
  PostgresStore one(database.conninfo());
  one.join();
  EXPECT_EQ(one.folding_version(), "");
  one.note_folding_version("1");
  one.note_folding_version("2");
  PostgresStore another(database.conninfo());
  another.join();
  another.note_folding_version("3");
  EXPECT_EQ(another.folding_version(), "2");
}

TEST(PostgresStore, GoesOnAfterItsConnectionWasLostBetweenTwoBatches) {
  const OwnDatabase database;
  PostgresStore store(database.conninfo());
  store.join();
  ASSERT_TRUE(std::holds_alternative<Committed>(store.commit(team(1, 1))));
  database.cut();
  EXPECT_TRUE(std::holds_alternative<LookAgain>(store.commit(team(2, 2))));
  EXPECT_TRUE(store.look(1).held);
  EXPECT_TRUE(std::holds_alternative<Committed>(store.commit(team(2, 2))));
  EXPECT_EQ(store.load().teams.size(), 2U);
}

// Another transaction holds the row that the batch needs, so that the batch is under way when it is
// cut.
TEST(PostgresStore, DoesNotKnowTheOutcomeOfABatchInWhichItsConnectionWasLost) {
  const OwnDatabase database;
  PostgresStore store(database.conninfo());
  store.join();
  ASSERT_TRUE(std::holds_alternative<Committed>(store.commit(team(1, 1))));
  Database other(database.conninfo());
  other.execute("BEGIN; SELECT value FROM meta WHERE key = 'seq' FOR UPDATE");
  std::thread cutter([&] { database.cut_waiting(); });
  const CommitResult lost = store.commit(team(2, 2));
  cutter.join();
  other.execute("ROLLBACK");
  ASSERT_TRUE(std::holds_alternative<OutcomeUnknown>(lost));
  EXPECT_EQ(store.settle({2}), Settled::kNotThere);
  EXPECT_EQ(store.settle({1}), Settled::kThere);
  EXPECT_TRUE(store.look(1).held);
  EXPECT_TRUE(std::holds_alternative<Committed>(store.commit(team(2, 3))));
  EXPECT_EQ(store.load().teams.size(), 2U);
}

TEST(PostgresStore, ReadsOnAfterTheConnectionWasLost) {
  const OwnDatabase database;
  const PostgresStore store(database.conninfo());
  PostgresArchive archive(database.conninfo());
  EXPECT_TRUE(archive.audit({}).items.empty());
  database.cut();
  EXPECT_TRUE(archive.audit({}).items.empty());
}

// A fault of the data is not one of the store: the connection stays, and the next batch is taken.
TEST(PostgresStore, SaysOfTextThatItCannotStoreThatItIsTheValuesFault) {
  const OwnDatabase database;
  PostgresStore store(database.conninfo());
  store.join();
  for (const std::string& text : {std::string("a\xff"), std::string("a\0b", 3)}) {
    Batch batch = team(1, 1);
    std::get<TeamPut>(batch.events[0].changes[0]).team.name.text = text;
    const CommitResult result = store.commit(batch);
    ASSERT_TRUE(std::holds_alternative<Unstorable>(result)) << text;
    EXPECT_EQ(std::get<Unstorable>(result).fault, Fault::kValue);
    ASSERT_TRUE(store.look(0).held);
  }
  EXPECT_TRUE(std::holds_alternative<Committed>(store.commit(team(1, 1))));
}

// What the server itself refuses by its values: too long for the index of names.
TEST(PostgresStore, GoesOnOnTheSameConnectionAfterTheServerRefusedAValue) {
  const OwnDatabase database;
  PostgresStore store(database.conninfo());
  store.join();
  Batch batch = team(1, 1);
  std::string& folded = std::get<TeamPut>(batch.events[0].changes[0]).team.name.folded;
  std::uint32_t noise = 1;
  while (folded.size() < 100'000) {  // that cannot be compressed
    noise = noise * 1'664'525U + 1'013'904'223U;
    folded += static_cast<char>('a' + (noise >> 24U) % 26U);
  }
  const CommitResult result = store.commit(batch);
  ASSERT_TRUE(std::holds_alternative<Unstorable>(result));
  EXPECT_EQ(std::get<Unstorable>(result).fault, Fault::kValue);
  EXPECT_TRUE(std::holds_alternative<Committed>(store.commit(team(1, 2)))) << "without a look";
}

TEST(PostgresStore, TakesAllOfABatchOrNothing) {
  const OwnDatabase database;
  PostgresStore store(database.conninfo());
  store.join();
  Batch batch = team(1, 1);
  Team same = std::get<TeamPut>(batch.events[0].changes[0]).team;
  same.id = TeamId{2};  // of a taken name
  batch.events.push_back(Event{.seq = 2, .at = Time(Duration(1)), .changes = {TeamPut{same}}});
  const CommitResult result = store.commit(batch);
  ASSERT_TRUE(std::holds_alternative<Unstorable>(result));
  EXPECT_EQ(std::get<Unstorable>(result).fault, Fault::kContradiction);
  EXPECT_EQ(store.load().seq, 0U);
  EXPECT_TRUE(store.load().teams.empty());
  EXPECT_TRUE(store.look(0).held);
  EXPECT_TRUE(std::holds_alternative<Committed>(store.commit(team(1, 2))));
}

TEST(PostgresStore, TakesALargeBatchAtOnce) {
  const OwnDatabase database;
  PostgresStore store(database.conninfo());
  store.join();
  Batch batch = team(1, 1);
  for (std::uint64_t seq = 2; seq <= 3000; ++seq) {
    batch.events.push_back(team(seq, 1).events[0]);
  }
  ASSERT_TRUE(std::holds_alternative<Committed>(store.commit(batch)));
  const Organisation state = store.load();
  EXPECT_EQ(state.seq, 3000U);
  EXPECT_EQ(state.teams.size(), 3000U);
  EXPECT_EQ(store.changes_since(0)->size(), 3000U);
}

TEST(PostgresStore, IsUsedAloneWhileNobodyElseUsesIt) {
  const OwnDatabase database;
  {
    const PostgresStore node(database.conninfo());
    EXPECT_EQ(refusal_of(database.conninfo()), "");
    EXPECT_NE(refusal_of(database.conninfo(), PostgresStore::Use::kAlone).find("Stop all of them"),
              std::string::npos);
  }
  const PostgresStore alone(database.conninfo(), {}, PostgresStore::Use::kAlone);
  EXPECT_NE(refusal_of(database.conninfo()).find("has this database alone"), std::string::npos);
}

TEST(PostgresStore, RefusesADatabaseOfSomethingElse) {
  const OwnDatabase database;
  Database(database.conninfo()).execute("CREATE TABLE invoices (id BIGINT)");
  EXPECT_NE(refusal_of(database.conninfo()).find("tables of another program"), std::string::npos);
}

TEST(PostgresStore, RefusesADatabaseOfANewerVersion) {
  const OwnDatabase database;
  {
    const PostgresStore made(database.conninfo());
  }
  Database(database.conninfo())
      .execute("UPDATE meta SET value = '9999' WHERE key IN ('schema', 'readable_from')");
  EXPECT_NE(refusal_of(database.conninfo()).find("newer version of Pastille (schema 9999"),
            std::string::npos);
}

TEST(PostgresStore, ReadsWhatANewerVersionLeftReadable) {
  const OwnDatabase database;
  {
    const PostgresStore made(database.conninfo());
  }
  Database(database.conninfo()).execute("UPDATE meta SET value = '9999' WHERE key = 'schema'");
  EXPECT_EQ(refusal_of(database.conninfo()), "");
}

TEST(PostgresStore, SaysWhyAServerIsNotReached) {
  const std::string conninfo = conninfo_of("postgres://ana:secret@127.0.0.1:1/pastille").value();
  const std::string why = refusal_of(conninfo);
  EXPECT_NE(why.find("127.0.0.1"), std::string::npos) << why;
  EXPECT_EQ(why.find("secret"), std::string::npos);
}

// Taking in what one query gave of 100,000 people takes longer than the second for which a
// transaction may stand still elsewhere.
TEST(PostgresStore, LoadsALargeOrganisationWithoutBeingCutOff) {
  const OwnDatabase database;
  PostgresStore store(database.conninfo());
  store.join();
  Database(database.conninfo())
      .execute(
          "CREATE FUNCTION allowed_s() RETURNS BIGINT LANGUAGE sql VOLATILE AS 'SELECT extract("
          "epoch FROM current_setting(''idle_in_transaction_session_timeout'')::INTERVAL)::BIGINT';"
          "ALTER TABLE teams RENAME TO no_teams;"
          "CREATE VIEW teams AS SELECT allowed_s() AS id, ''::TEXT AS name, ''::TEXT AS folded,"
          " 1::BIGINT AS version");
  const auto loaded = store.load();
  ASSERT_EQ(loaded.teams.size(), 1U);
  loaded.teams.for_each([](TeamId allowed, const auto&) { EXPECT_GE(allowed.number, 60U); });
}

}  // namespace
}  // namespace pastille::postgres
