// What the workspace does because time passes, while it runs and while it did not.
#include "app/running_test.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;

SetOwnStatus for_a_minute(StatusId status) {
  return SetOwnStatus{.target = {}, .status = status, .note = "soon", .until = UntilFor{60s}};
}

// The counts of the recorded attempts on somebody else's status, newest first.
std::vector<std::uint32_t> attempts(Running& running) {
  std::vector<std::uint32_t> counts;
  for (const AuditItem& item : running.store.memory.audit({}).items) {
    if (item.action == "own-status.set") counts.push_back(item.count);
  }
  return counts;
}

void attempt(Running& running, SessionId by, UserId on) {
  const SetOwnStatus foreign{
      .target = on, .status = system_status(StatusType::kBusy), .note = {}, .until = {}};
  EXPECT_EQ(running.run(by, foreign).error().problem, Problem::kOwnStatusOnly);
}

TEST(WorkspaceTime, ShowsOfflineWhenTheGraceIsOverAndNotBefore) {
  Running running;
  const UserId ana = running.person("ana");
  const ConnectionId connection = running.arrives(running.session(ana));
  running.leaves(ana, connection);
  running.pass(30s - 1ms);
  EXPECT_FALSE(running.entry(ana).offline());
  running.pass(1ms);
  EXPECT_TRUE(running.entry(ana).offline());
}

TEST(WorkspaceTime, ReturnsPeopleToConnectedAtTheEndOfTheirStatus) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  running.arrives(session);
  const StatusId lunch = running.status("Lunch");
  running.must(session, for_a_minute(lunch));
  running.pass(60s - 1ms);
  EXPECT_EQ(running.entry(ana).status, lunch);
  running.pass(1ms);
  EXPECT_EQ(running.entry(ana).status, system_status(StatusType::kConnected));
  EXPECT_EQ(running.entry(ana).note, "");
}

TEST(WorkspaceTime, EndsAtTheNewEndWhenTheEndWasMoved) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  running.arrives(session);
  const StatusId lunch = running.status("Lunch");
  running.must(session, for_a_minute(lunch));
  running.pass(59s);
  running.must(session, for_a_minute(lunch));
  running.pass(59s);
  EXPECT_EQ(running.entry(ana).status, lunch);
  running.pass(1s);
  EXPECT_EQ(running.entry(ana).status, system_status(StatusType::kConnected));
}

TEST(WorkspaceTime, DoesAtItsStartWhatFellDueWhileItWasDown) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  running.arrives(session);
  running.must(session, for_a_minute(running.status("Lunch")));
  const Time ends = *running.entry(ana).until;
  running.stop();
  running.clock.tick(10min);
  running.start();
  running.look_round();
  EXPECT_EQ(running.entry(ana).status, system_status(StatusType::kConnected));
  EXPECT_EQ(running.entry(ana).since, ends);
}

TEST(WorkspaceTime, GivesEveryoneWhoWasThereTheGraceAfterARestart) {
  Running running;
  const UserId ana = running.person("ana");
  const UserId ben = running.person("ben");
  const SessionId session = running.session(ana);
  running.arrives(session);
  running.arrives(running.session(ben));
  const Entry before = running.entry(ana);
  const Time stopped = running.clock.now().wall;
  running.stop();
  running.clock.tick(1h);
  running.start();
  running.pass(29s);
  EXPECT_FALSE(running.entry(ben).offline());
  running.arrives(session);
  running.pass(1s);
  EXPECT_EQ(running.entry(ana), before);
  EXPECT_TRUE(running.entry(ben).offline());
  // Ben's history says that he left when the server was last alive, not when the grace was over.
  EXPECT_EQ(running.own_history(ben).front().item.at, stopped);
}

// The last sign of life before a restart counts for who did not come back, and for nobody else.
TEST(WorkspaceTime, ShowsWhoCameBackAfterARestartOfflineAsOfLeaving) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  running.arrives(session);
  running.stop();
  running.clock.tick(5s);
  running.start();
  const ConnectionId back = running.arrives(session);
  running.pass(10min);
  running.leaves(ana, back);
  running.pass(30s);
  ASSERT_TRUE(running.entry(ana).offline());
  EXPECT_EQ(running.own_history(ana).front().item.at, running.clock.now().wall);
}

TEST(WorkspaceTime, KeepsTheStepsOfAHistoryInOrderWhenAnEndPassedWhileItWasDown) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  running.arrives(session);
  // The status stays the same at this end, only the note goes: `since` does not move.
  running.must(session, for_a_minute(system_status(StatusType::kConnected)));
  const Time ends = *running.entry(ana).until;
  running.stop();
  running.clock.tick(10min);
  running.start();
  running.pass(30s);
  const auto steps = running.own_history(ana);
  ASSERT_TRUE(running.entry(ana).offline());
  EXPECT_EQ(steps[1].item.at, ends);
  EXPECT_EQ(steps[0].item.at, ends);
}

TEST(WorkspaceTime, NotesEachMinuteThatItIsAlive) {
  Running running;
  running.pass(59s);
  const Time started = *running.store.last_alive();
  EXPECT_EQ(started, running.clock.now().wall - 59s);
  running.pass(1s);
  EXPECT_EQ(running.store.last_alive(), running.clock.now().wall);
}

TEST(WorkspaceTime, EndsASessionByItsAgeTogetherWithItsPresence) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  running.arrives(session);
  running.pass(14h - 1ms);
  EXPECT_NE(running.workspace->snapshot()->session(session), nullptr);
  running.pass(1ms);
  EXPECT_EQ(running.workspace->snapshot()->session(session), nullptr);
  EXPECT_TRUE(running.entry(ana).offline());
  EXPECT_TRUE(running.workspace->snapshot()->presence(ana)->connections.empty());
}

TEST(WorkspaceTime, EndsNoSessionByAgeForAnHourAfterTheClockWasMoved) {
  Running running;
  const SessionId session = running.session(running.person("ana"));
  running.look_round();
  running.clock.set_wall(running.clock.now().wall + std::chrono::days(90));
  running.look_round();
  running.pass(1h - 1ms);
  EXPECT_NE(running.workspace->snapshot()->session(session), nullptr);
  running.pass(10min);
  EXPECT_EQ(running.workspace->snapshot()->session(session), nullptr);
  running.stop();
  ASSERT_FALSE(running.reports.empty());
  EXPECT_NE(running.reports.front().find("clock"), std::string::npos);
}

TEST(WorkspaceTime, EndsASessionAtItsOwnTimeWhenTheClockWasSetRightAgain) {
  Running running;
  const SessionId session = running.session(running.person("ana"));
  running.look_round();
  running.clock.set_wall(running.clock.now().wall + std::chrono::days(90));
  running.look_round();
  running.pass(1min);
  running.clock.set_wall(running.clock.now().wall - std::chrono::days(90));
  running.look_round();
  running.pass(14h - 2min);
  EXPECT_NE(running.workspace->snapshot()->session(session), nullptr);
  running.pass(1min);
  EXPECT_EQ(running.workspace->snapshot()->session(session), nullptr);
}

TEST(WorkspaceTime, SaysToOtherThreadsAtOnceThatTheClockWasMoved) {
  Running running;
  running.look_round();
  EXPECT_FALSE(running.workspace->distrusts_clock(running.clock.now()));
  running.clock.set_wall(running.clock.now().wall + 5min);
  EXPECT_FALSE(running.workspace->distrusts_clock(running.clock.now()));
  running.clock.set_wall(running.clock.now().wall + 1ms);
  EXPECT_TRUE(running.workspace->distrusts_clock(running.clock.now()));
  running.look_round();
  running.pass(1h - 1ms);
  EXPECT_TRUE(running.workspace->distrusts_clock(running.clock.now()));
  running.pass(1ms);
  EXPECT_FALSE(running.workspace->distrusts_clock(running.clock.now()));
}

TEST(WorkspaceTime, ForgetsEventsOfPresenceAfterAQuarterOfAnHour) {
  Running running;
  const SessionId session = running.session(running.person("ana"));
  const std::uint64_t before = running.workspace->snapshot()->seq;
  running.arrives(session);
  running.pass(15min);
  EXPECT_TRUE(running.store.changes_since(before));
  running.pass(1min);
  EXPECT_FALSE(running.store.changes_since(before));
}

TEST(WorkspaceTime, PurgesOwnHistoryThatIsOlderThanItIsKept) {
  Running running(Settings{.own_history_kept = std::chrono::days(1)});
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  const ConnectionId connection = running.arrives(session);
  running.must(session, for_a_minute(running.status("Lunch")));
  running.leaves(ana, connection);
  running.pass(60s);
  running.pass(30s);
  const std::size_t before = running.own_history(ana).size();
  for (int hour = 0; hour < 23; ++hour) running.pass(1h);
  EXPECT_EQ(running.own_history(ana).size(), before);
  running.pass(2h);
  running.pass(1h);
  EXPECT_EQ(running.own_history(ana).size(), 1U);  // the step that has not ended
}

TEST(WorkspaceTime, RecordsForeignAttemptsOnceAMinuteWithTheirCount) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId ben = running.session(running.person("ben"));
  for (int count = 0; count < 5; ++count) attempt(running, ben, ana);
  EXPECT_EQ(attempts(running), (std::vector<std::uint32_t>{1}));
  running.pass(60s - 1ms);
  EXPECT_EQ(attempts(running), (std::vector<std::uint32_t>{1}));
  running.pass(1ms);
  EXPECT_EQ(attempts(running), (std::vector<std::uint32_t>{4, 1}));
}

TEST(WorkspaceTime, CountsForeignAttemptsWhileTheStoreIsLostAndAtTheEnd) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId ben = running.session(running.person("ben"));
  running.look_round();
  running.store.set_broken(true);
  for (int count = 0; count < 3; ++count) attempt(running, ben, ana);
  running.store.set_broken(false);
  running.pass(60s);
  running.look_round();
  EXPECT_EQ(attempts(running), (std::vector<std::uint32_t>{3}));
  attempt(running, ben, ana);
  attempt(running, ben, ana);
  running.stop();
  EXPECT_EQ(attempts(running), (std::vector<std::uint32_t>{1, 1, 3}));
}

TEST(WorkspaceTime, CountsAnAttemptOnceThatIsDecidedAgain) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId ben = running.session(running.person("ben"));
  running.look_round();
  running.store.strike({FaultyStore::Fault::kOtherWriter});
  attempt(running, ben, ana);
  running.pass(60s);
  EXPECT_EQ(attempts(running), (std::vector<std::uint32_t>{1}));
}

}  // namespace
}  // namespace pastille
