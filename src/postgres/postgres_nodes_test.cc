#include <future>
#include <memory>
#include <thread>

#include "app/ports/nodes_contract.h"
#include "postgres/listener.h"
#include "postgres/own_database_test.h"
#include "postgres/postgres_archive.h"
#include "postgres/postgres_store.h"

namespace pastille::postgres {
namespace {

class PostgresNodesFixture {
 public:
  using Node = PostgresStore;
  std::unique_ptr<Node> node() { return std::make_unique<Node>(database_.conninfo()); }
  // As after a promotion: every connection is new, and the server's timeline another one.
  void become_another() {
    Database(database_.conninfo())
        .execute("UPDATE meta SET value = 'another' WHERE key = 'epoch_mark'");
    database_.cut();
  }

 private:
  OwnDatabase database_;
};

Batch team(std::uint64_t seq) {
  Team made{.id = TeamId{seq}};
  made.name = {.text = "Team " + std::to_string(seq), .folded = "team " + std::to_string(seq)};
  Batch batch{.id = {static_cast<std::uint8_t>(seq)}, .expected_seq = seq - 1, .events = {}};
  batch.events.push_back(Event{.seq = seq, .at = Time(Duration(1)), .changes = {TeamPut{made}}});
  return batch;
}

TEST(PostgresNodes, WriteNothingAfterTheirLeaseAndGoOnWhenTheyAreNotTakenForDead) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  node.join();
  Database(database.conninfo()).execute("UPDATE nodes SET looked_at = looked_at - 10001");
  EXPECT_TRUE(std::holds_alternative<LookAgain>(node.commit(team(1))));
  EXPECT_TRUE(node.load().teams.empty());
  EXPECT_TRUE(node.look(0).held);
  EXPECT_TRUE(std::holds_alternative<Committed>(node.commit(team(1))));
}

// A batch renews the lease that it is written under.
TEST(PostgresNodes, KeepTheirLeaseByCommitting) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  node.join();
  Database other(database.conninfo());
  other.execute("UPDATE nodes SET looked_at = looked_at - 9000");
  EXPECT_TRUE(std::holds_alternative<Committed>(node.commit(team(1))));
  auto age = other.prepare("SELECT database_now() - looked_at FROM nodes");
  ASSERT_TRUE(age.step());
  EXPECT_LT(age.integer(0), 9000);
}

// What was sent before the connection was lost may reach the server after its outcome was settled.
TEST(PostgresNodes, ArriveTooLateWithABatchThatWasSettled) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  const NodeId id = node.join();
  EXPECT_EQ(node.settle({1}), Settled::kNotThere);
  Database late(database.conninfo());
  try {
    late.execute(fmt::format("SELECT advance({}, 0, 10000, 1, 0, 1)", id.number));
    ADD_FAILURE() << "it was taken";
  } catch (const PostgresFailure& refused) {
    EXPECT_EQ(refused.sqlstate(), "PS002");
  }
  EXPECT_TRUE(node.look(0).held);
  EXPECT_TRUE(std::holds_alternative<Committed>(node.commit(team(1))));
}

TEST(PostgresNodes, WaitForWhoHoldsTheOthersUp) {
  const OwnDatabase database;
  PostgresStore first(database.conninfo());
  PostgresStore second(database.conninfo());
  first.join();
  second.join();
  second.hold();
  auto result = std::async(std::launch::async, [&] { return first.commit(team(1)); });
  Database other(database.conninfo());
  bool waits = false;
  while (!waits) {
    auto query = other.prepare("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    waits = query.step();
  }
  EXPECT_TRUE(std::holds_alternative<Committed>(second.commit(team(1))));
  const CommitResult slower = result.get();
  const auto* moved = std::get_if<MovedOn>(&slower);
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(moved->missed.size(), 1U);
}

// Each question is a round trip, and far from the database a long one.
TEST(PostgresNodes, AskForNothingButTheEventsWhileOthersWait) {
  const OwnDatabase database;
  PostgresStore first(database.conninfo());
  PostgresStore second(database.conninfo());
  first.join();
  second.join();
  ASSERT_TRUE(std::holds_alternative<Committed>(first.commit(team(1))));
  second.hold();
  const Seen seen = second.look(0);
  EXPECT_TRUE(seen.held);
  ASSERT_TRUE(seen.missed);
  EXPECT_EQ(seen.missed->size(), 1U);
  EXPECT_FALSE(seen.others);
  second.release();
  EXPECT_TRUE(second.look(1).others);
}

TEST(PostgresNodes, LetGoOfTheOthersAlsoWhenTheDatabaseWentAwayMeanwhile) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  node.join();
  node.hold();
  database.cut();
  node.release();
  EXPECT_TRUE(node.look(0).held);
  EXPECT_TRUE(std::holds_alternative<Committed>(node.commit(team(1))));
}

// Who holds the others up and finds that it was taken for dead begins anew.
TEST(PostgresNodes, LoadAndJoinAgainWhileTheyHoldTheOthersUp) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  PostgresStore other(database.conninfo());
  node.join();
  other.join();
  node.hold();
  EXPECT_TRUE(node.load().teams.empty());
  EXPECT_TRUE(std::holds_alternative<Committed>(other.commit(team(1)))) << "they wait no more";
  node.hold();
  node.join();
  EXPECT_EQ(node.look(0).missed->size(), 1U);
  EXPECT_TRUE(std::holds_alternative<Committed>(node.commit(team(2))));
}

// A writer that loads 100,000 people, say, does not look for a while.
TEST(PostgresNodes, KeepTheirLeaseOnAThreadOfItsOwnWhileTheyDoNotLook) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  node.renew_lease_beside();
  node.join();
  Database other(database.conninfo());
  other.execute("UPDATE nodes SET looked_at = looked_at - 60000");
  bool renewed = false;
  while (!renewed) {
    auto age = other.prepare("SELECT database_now() - looked_at FROM nodes");
    ASSERT_TRUE(age.step());
    renewed = age.integer(0) < 30000;
  }
  EXPECT_TRUE(std::holds_alternative<Committed>(node.commit(team(1))));
}

TEST(PostgresNodes, AreNotBroughtBackByTheirLeaseOnceTheyWereTakenForDead) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  node.renew_lease_beside();
  node.join();
  Database(database.conninfo()).execute("DELETE FROM nodes");
  EXPECT_FALSE(node.look(0).held);
  EXPECT_TRUE(std::holds_alternative<LookAgain>(node.commit(team(1))));
}

TEST(PostgresNodes, LoadAgainWhatTheyMissedForTooLong) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  node.join();
  ASSERT_TRUE(std::holds_alternative<Committed>(node.commit(team(1))));
  Database(database.conninfo()).execute("INSERT INTO meta (key, value) VALUES ('forgotten', '1')");
  const Seen seen = node.look(0);
  EXPECT_TRUE(seen.held);
  EXPECT_FALSE(seen.missed);
  EXPECT_TRUE(std::holds_alternative<LookAgain>(node.commit(team(1))));
}

TEST(PostgresNodes, AreShownWithWhatTheySaidLast) {
  const OwnDatabase database;
  PostgresArchive archive(database.conninfo());
  PostgresStore first(database.conninfo(), {.name = "desk-1:8080", .version = "0.1.0"});
  EXPECT_TRUE(archive.nodes().nodes.empty());
  PostgresStore second(database.conninfo(), {.name = "desk-2:8080", .version = "0.2.0"});
  const NodeId first_id = first.join();
  const NodeId second_id = second.join();
  ASSERT_TRUE(std::holds_alternative<Committed>(first.commit(team(1))));
  ASSERT_TRUE(std::holds_alternative<Committed>(first.commit(team(2))));
  Database other(database.conninfo());
  other.execute(
      fmt::format("UPDATE nodes SET looked_at = looked_at - 6000 WHERE id = {}", second_id.number));
  const NodesShown shown = archive.nodes();
  EXPECT_EQ(shown.head, 2U);
  ASSERT_EQ(shown.nodes.size(), 2U);
  const NodeShown& ahead = shown.nodes[0];
  EXPECT_EQ(ahead.id, first_id);
  EXPECT_EQ(ahead.name, "desk-1:8080");
  EXPECT_EQ(ahead.version, "0.1.0");
  EXPECT_EQ(ahead.seq, 2U);
  EXPECT_GE(ahead.looked_at, ahead.started_at);
  const NodeShown& silent = shown.nodes[1];
  EXPECT_EQ(silent.name, "desk-2:8080");
  EXPECT_EQ(silent.seq, 0U);
  EXPECT_GE(silent.silent_for, Duration(6000));
  EXPECT_LT(silent.looked_at, silent.started_at);
  EXPECT_EQ(silent.present, 0U);
}

TEST(PostgresNodes, AreShownEachWithItsOwnConnections) {
  const OwnDatabase database;
  PostgresArchive archive(database.conninfo());
  PostgresStore first(database.conninfo());
  PostgresStore second(database.conninfo());
  const NodeId first_id = first.join();
  second.join();
  Role role{.id = RoleId{1}};
  role.name = {.text = "Agent", .folded = "agent"};
  Person anna{.id = UserId{1}};
  anna.login = anna.display_name = {.text = "anna", .folded = "anna"};
  anna.role = role.id;
  Batch batch{.id = {1}, .expected_seq = 0, .events = {}};
  const auto opened = [&](std::uint64_t id) {
    return ConnectionOpened{.user = anna.id,
                            .connection = {.id = ConnectionId{id}, .node = first_id}};
  };
  batch.events.push_back(Event{.seq = 1,
                               .at = Time(Duration(1)),
                               .changes = {RolePut{role}, PersonPut{anna}, opened(1), opened(2)}});
  ASSERT_TRUE(std::holds_alternative<Committed>(first.commit(batch)));
  const NodesShown shown = archive.nodes();
  ASSERT_EQ(shown.nodes.size(), 2U);
  EXPECT_EQ(shown.nodes[0].present, 2U);
  EXPECT_EQ(shown.nodes[1].present, 0U);
}

TEST(PostgresListener, GoesByTheGreatestOfSeveralNotifications) {
  const OwnDatabase database;
  const PostgresStore store(database.conninfo());
  std::promise<std::uint64_t> heard;
  bool first = true;
  const Listener listener(database.conninfo(), [&](std::uint64_t seq) {
    if (std::exchange(first, false)) heard.set_value(seq);
  });
  Database other(database.conninfo());
  auto listens = other.prepare(
      "SELECT 1 FROM pg_stat_activity WHERE query = 'LISTEN pastille' AND state = 'idle'"
      " AND datname = current_database()");
  while (!listens.step()) continue;
  // In one transaction, so that they come together.
  other.execute("SELECT pg_notify('pastille', '7'), pg_notify('pastille', '3')");
  EXPECT_EQ(heard.get_future().get(), 7U);
}

TEST(PostgresListener, HearsUpToWhichSeqAnotherNodeHasCommittedAlsoAfterItsConnectionWasLost) {
  const OwnDatabase database;
  PostgresStore node(database.conninfo());
  node.join();
  std::promise<void> first;
  std::promise<void> second;
  const Listener listener(database.conninfo(), [&](std::uint64_t seq) {
    if (seq == 1) first.set_value();
    if (seq >= 2 && seq < 100) second.set_value();
  });
  Database other(database.conninfo());
  const auto await_listening = [&] {
    bool listens = false;
    while (!listens) {
      auto query = other.prepare(
          "SELECT 1 FROM pg_stat_activity WHERE query = 'LISTEN pastille' AND state = 'idle'"
          " AND datname = current_database()");
      listens = query.step();
    }
  };
  await_listening();
  ASSERT_TRUE(std::holds_alternative<Committed>(node.commit(team(1))));
  first.get_future().wait();
  other.execute(
      "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
      " WHERE query = 'LISTEN pastille' AND datname = current_database()");
  await_listening();
  ASSERT_TRUE(std::holds_alternative<Committed>(node.commit(team(2))));
  second.get_future().wait();
}

}  // namespace
}  // namespace pastille::postgres

namespace pastille {
namespace {
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, NodesContract, postgres::PostgresNodesFixture);
}
}  // namespace pastille
