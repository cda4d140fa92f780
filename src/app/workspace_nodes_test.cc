#include <gtest/gtest.h>

#include "app/create_team.h"
#include "app/delete_team.h"
#include "app/end_sessions_of.h"
#include "app/nodes_stage_test.h"

namespace pastille {
namespace {

using std::chrono::seconds;
constexpr StatusType kConnected = StatusType::kConnected;
constexpr StatusType kOffline = StatusType::kOffline;

SetOwnStatus busy(UntilAsked until = UntilNever{}) {
  return {.target = {},
          .status = system_status(StatusType::kBusy),
          .note = "deep in work",
          .until = until};
}

TEST(WorkspaceNodes, ShowWhatAnotherHasCommitted) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[0], session);
  stage.must(stage[1], session, busy());
  stage.look_round();
  EXPECT_EQ(stage.shown(stage[0], anna), StatusType::kBusy);
  const auto here = stage[0].workspace->snapshot();
  const auto there = stage[1].workspace->snapshot();
  EXPECT_EQ(here->seq, there->seq);
  EXPECT_EQ(here->epochs, there->epochs);
  EXPECT_EQ(here->epochs.size(), 1U);
}

TEST(WorkspaceNodes, DecideAgainOnWhatAnotherWasFasterWith) {
  NodesStage stage;
  const CreateStatus lunch{.fields = {.name = "Lunch", .type = StatusType::kAbsent}};
  auto first = stage.ask(stage[0], Operator{}, lunch);
  auto second = stage.ask(stage[1], Operator{}, lunch);
  const auto one = first.get();
  const auto other = second.get();
  EXPECT_NE(one.has_value(), other.has_value());
  EXPECT_EQ((one ? other : one).error().problem, Problem::kNameTaken);
}

TEST(WorkspaceNodes, RefuseNothingOnAStateThatAnotherHasChanged) {
  NodesStage stage;
  const TeamId sales = stage.must(stage[0], Operator{}, CreateTeam{.name = "Sales"});
  stage.must(stage[1], Operator{}, DeleteTeam{.team = sales, .expected_version = {}});
  const auto refused =
      stage.run(stage[0], Operator{}, DeleteTeam{.team = sales, .expected_version = {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem, Problem::kNotFound);
}

TEST(WorkspaceNodes, ChooseAStatusThatIsShownAlreadyWhereTheyHaveNotHeardThatItIsNotAnyMore) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[0], session);
  stage.must(stage[0], session, busy());
  stage.look_round();
  stage.must(stage[0], session, ClearOwnStatus{});
  stage.must(stage[1], session, busy());
  stage.look_round();
  EXPECT_EQ(stage.shown(stage[0], anna), StatusType::kBusy);
  EXPECT_EQ(stage.shown(stage[1], anna), StatusType::kBusy);
}

TEST(WorkspaceNodes, ShowSomebodyOfflineOnlyWhenTheirLastConnectionAnywhereHasGone) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  const ConnectionId here = stage.arrives(stage[0], session);
  const ConnectionId there = stage.arrives(stage[1], session);
  stage.leaves(stage[0], anna, here);
  stage.pass(seconds(40));
  EXPECT_EQ(stage.shown(stage[0], anna), kConnected);
  stage.leaves(stage[1], anna, there);
  stage.pass(seconds(29));
  EXPECT_EQ(stage.shown(stage[0], anna), kConnected);
  stage.pass(seconds(1));
  EXPECT_EQ(stage.shown(stage[0], anna), kOffline);
  EXPECT_EQ(stage.shown(stage[1], anna), kOffline);
}

TEST(WorkspaceNodes, DoNotTellOneConnectionFromAnotherOfTheSameNumberElsewhere) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  const Connection same{.id = ConnectionId{7}, .session = session, .token = {}};
  stage.must(stage[0], session, PersonArrived{same});
  stage.must(stage[1], session, PersonArrived{same});
  stage.leaves(stage[1], anna, same.id);
  EXPECT_EQ(stage.presence(stage[0], anna).connections.size(), 1U);
  EXPECT_FALSE(stage.presence(stage[1], anna).grace_ends);
}

TEST(WorkspaceNodes, EndASessionEverywhereAtOnce) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[0], session);
  stage.must(stage[1], Operator{}, EndSessionsOf{anna});
  stage.look_round();
  EXPECT_EQ(stage.shown(stage[0], anna), kOffline);
  EXPECT_TRUE(stage.presence(stage[0], anna).connections.empty());
}

TEST(WorkspaceNodes, TakeASilentOneForDeadAndShowItsPeopleOfflineInOneEvent) {
  NodesStage stage(3);
  const UserId anna = stage.person("anna");
  const UserId ben = stage.person("ben");
  stage.arrives(stage[0], stage.session(anna));
  stage.arrives(stage[0], stage.session(ben));
  stage.pass(seconds(11));  // a node watches others only after a lease of its own
  const Time last_heard = stage.clock.now().wall;
  stage[0].store.cut(true);
  stage.pass(seconds(40));
  EXPECT_EQ(stage.shown(stage[1], anna), kConnected);
  stage.pass(seconds(1));
  EXPECT_EQ(stage.shown(stage[1], anna), kOffline);
  EXPECT_EQ(stage.shown(stage[2], ben), kOffline);
  EXPECT_EQ(stage.presence(stage[1], anna).last_step, last_heard);
  const auto offline = stage[2].workspace->snapshot();
  EXPECT_EQ(offline->presence(ben)->entry.rev - offline->presence(anna)->entry.rev, 1U);
  EXPECT_EQ(stage[2].feed.publications().back()->events.size(), 2U);  // one batch
  // It was told of nothing, and says of nobody that they are Offline.
  EXPECT_EQ(stage.shown(stage[0], anna), kConnected);
}

TEST(WorkspaceNodes, SeeNoFlickerOfWhoComesBackElsewhereAfterTheirNodeDied) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[0], session);
  stage.must(stage[0], session, busy());
  stage.pass(seconds(11));
  const Entry before = stage.presence(stage[1], anna).entry;
  const std::size_t entries = stage.entries(stage[1]);
  stage[0].store.cut(true);
  stage.pass(seconds(25));
  stage.arrives(stage[1], session);
  stage.pass(seconds(60));
  EXPECT_EQ(stage.presence(stage[1], anna).entry, before);
  EXPECT_EQ(stage.entries(stage[1]), entries);
}

TEST(WorkspaceNodes, BeginAnewWhenTheyFindThemselvesTakenForDead) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[0], session);
  stage.pass(seconds(11));
  stage[0].store.cut(true);
  stage.pass(seconds(60));
  stage[0].store.cut(false);
  stage.pass(seconds(2));
  EXPECT_EQ(stage[0].feed.said(), (std::vector<std::string>{"stale", "anew", "fresh"}));
  EXPECT_EQ(stage.shown(stage[0], anna), kOffline);
  EXPECT_TRUE(stage.presence(stage[0], anna).connections.empty());
  stage.arrives(stage[0], session);
  EXPECT_EQ(stage.shown(stage[1], anna), kConnected);
  EXPECT_EQ(stage[0].workspace->snapshot()->seq, stage[1].workspace->snapshot()->seq);
}

TEST(WorkspaceNodes, TakeNobodyForDeadAfterAllOfThemHadLostTheStore) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  stage.arrives(stage[0], stage.session(anna));
  stage.pass(seconds(11));
  for (std::size_t i = 0; i < 2; ++i) stage[i].store.cut(true);
  stage.pass(seconds(120));
  stage[1].store.cut(false);
  stage.pass(seconds(5));  // the other one is a little later
  stage[0].store.cut(false);
  stage.pass(seconds(60));
  EXPECT_EQ(stage.shown(stage[1], anna), kConnected);
  EXPECT_EQ(stage[0].feed.said(), (std::vector<std::string>{"stale", "fresh"}));
}

TEST(WorkspaceNodes, TellWhoCameAndWentWhileTheStoreWasLost) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const UserId ben = stage.person("ben");
  const SessionId annas = stage.session(anna);
  const SessionId bens = stage.session(ben);
  stage.arrives(stage[0], annas);
  const ConnectionId gone = stage.arrives(stage[0], bens);
  for (std::size_t i = 0; i < 2; ++i) stage[i].store.cut(true);
  stage.pass(seconds(2));
  EXPECT_EQ(stage.run(stage[0], annas, busy()).error().problem, Problem::kStale);
  const ConnectionId second = stage.arrives(stage[0], annas);
  const ConnectionId brief = stage.arrives(stage[0], annas);
  stage.leaves(stage[0], anna, brief);
  stage.leaves(stage[0], ben, gone);
  stage.pass(seconds(100));
  EXPECT_EQ(stage.shown(stage[0], ben), kConnected);
  for (std::size_t i = 0; i < 2; ++i) stage[i].store.cut(false);
  stage.pass(seconds(3));
  const auto& connections = stage.presence(stage[1], anna).connections;
  ASSERT_EQ(connections.size(), 2U);
  EXPECT_EQ(connections[1].id, second);
  EXPECT_EQ(connections[1].node, connections[0].node);
  EXPECT_TRUE(stage.presence(stage[1], ben).connections.empty());
  EXPECT_EQ(stage.shown(stage[1], ben), kConnected);  // and has the grace to come back
  stage.pass(seconds(35));
  EXPECT_EQ(stage.shown(stage[1], ben), kOffline);
  EXPECT_EQ(stage.shown(stage[1], anna), kConnected);
}

// While nobody could be seen, nobody could come back.
TEST(WorkspaceNodes, BeginGracesAnewWhenTheStoreIsBack) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const UserId ben = stage.person("ben");
  const SessionId annas = stage.session(anna);
  const ConnectionId left = stage.arrives(stage[0], annas);
  const ConnectionId gone = stage.arrives(stage[0], stage.session(ben));
  const auto since = stage.presence(stage[0], anna).entry.since;
  stage.leaves(stage[0], anna, left);
  stage.leaves(stage[0], ben, gone);
  stage.pass(seconds(10));
  for (std::size_t i = 0; i < 2; ++i) stage[i].store.cut(true);
  stage.pass(seconds(100));
  for (std::size_t i = 0; i < 2; ++i) stage[i].store.cut(false);
  stage.pass(seconds(29));
  EXPECT_EQ(stage.shown(stage[1], anna), kConnected);
  stage.arrives(stage[0], annas);
  stage.pass(seconds(10));
  EXPECT_EQ(stage.presence(stage[1], anna).entry.since, since);
  EXPECT_EQ(stage.shown(stage[1], anna), kConnected);
  EXPECT_EQ(stage.shown(stage[1], ben), kOffline) << "who did not come back";
}

TEST(WorkspaceNodes, DoNotCountSomebodyAsThereWhoCameWhileCutOffAndWasSignedOutElsewhere) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[0], session);
  stage[0].store.cut(true);
  stage.pass(seconds(2));
  stage.arrives(stage[0], session);
  stage.must(stage[1], Operator{}, EndSessionsOf{anna});
  stage[0].store.cut(false);
  stage.pass(seconds(3));
  EXPECT_TRUE(stage.presence(stage[1], anna).connections.empty());
  EXPECT_EQ(stage.shown(stage[0], anna), kOffline);
}

TEST(WorkspaceNodes, GoOnWhereTheStoreIsAnotherOneThatLacksNothing) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[0], session);
  const Position before = stage[0].workspace->snapshot()->position();
  stage.world.become_another();
  stage.must(stage[0], session, busy());
  stage.look_round();
  for (std::size_t i = 0; i < 2; ++i) {
    const auto state = stage[i].workspace->snapshot();
    EXPECT_EQ(state->epochs.size(), 2U);
    EXPECT_TRUE(state->knows(before));
    EXPECT_NE(state->position().epoch, before.epoch);
    EXPECT_TRUE(stage[i].feed.said().empty());
  }
}

TEST(WorkspaceNodes, BeginAnewWhereTheStoreLacksWhatTheyHave) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[0], session);
  stage.must(stage[0], session, busy());
  stage.look_round();
  const Position lost = stage[0].workspace->snapshot()->position();
  stage.world.become_another(1);
  stage.pass(seconds(2));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(stage[i].feed.said(), std::vector<std::string>{"anew"});
    EXPECT_FALSE(stage[i].workspace->snapshot()->knows(lost));
    EXPECT_EQ(stage.shown(stage[i], anna), kConnected);
  }
}

TEST(WorkspaceNodes, MakeWhatAFirstStartMakesWhereTheStoreHasLostEverything) {
  NodesStage stage;
  stage.person("anna");
  stage.world.become_another(stage[0].workspace->snapshot()->seq);
  stage.pass(seconds(2));
  for (std::size_t i = 0; i < 2; ++i) {
    const auto state = stage[i].workspace->snapshot();
    EXPECT_EQ(state->live_statuses, 5U);
    EXPECT_NE(state->role(kAdministratorRole), nullptr);
    EXPECT_TRUE(state->people.empty());
    EXPECT_EQ(stage[i].feed.said(), std::vector<std::string>{"anew"});
  }
}

TEST(WorkspaceNodes, HearOfAWrongPasswordOnceAndWhoseItWas) {
  NodesStage stage;
  stage.must(stage[0], Product{}, TellWrongPassword{.at = {.login = "anna", .remote = "::1"}});
  stage.look_round();
  for (std::size_t i = 0; i < 2; ++i) {
    int own = 0;
    int heard = 0;
    for (const auto& publication : stage[i].feed.publications()) {
      for (const Event& event : publication->events) {
        for (const Change& change : event.changes) {
          const auto* tried = std::get_if<SignInTried>(&change);
          if (tried != nullptr) ++(tried->node == publication->node ? own : heard);
        }
      }
    }
    EXPECT_EQ(own, i == 0 ? 1 : 0);
    EXPECT_EQ(heard, i == 0 ? 0 : 1);
  }
}

TEST(WorkspaceNodes, LeaveTheEndOfAStatusToTheNodeWhereItsPersonIs) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  const SessionId session = stage.session(anna);
  stage.arrives(stage[1], session);
  stage.must(stage[0], session, busy(UntilFor{seconds(60)}));
  stage.look_round();
  stage.pass(seconds(58));
  stage[1].store.cut(true);  // so that it cannot
  stage.pass(seconds(3));
  EXPECT_EQ(stage.shown(stage[0], anna), StatusType::kBusy);
  stage.pass(seconds(1));
  EXPECT_EQ(stage.shown(stage[0], anna), kConnected);
}

TEST(WorkspaceNodes, HandOverAtOnceWhenTheyStop) {
  NodesStage stage;
  const UserId anna = stage.person("anna");
  stage.arrives(stage[0], stage.session(anna));
  stage[0].workspace.reset();
  stage.look_round();
  EXPECT_TRUE(stage.presence(stage[1], anna).connections.empty());
  EXPECT_TRUE(stage.presence(stage[1], anna).grace_ends);
  stage.pass(seconds(31));
  EXPECT_EQ(stage.shown(stage[1], anna), kConnected);
  stage.pass(seconds(1));
  EXPECT_EQ(stage.shown(stage[1], anna), kOffline);
}

TEST(WorkspaceNodes, AwaitWhoWasAtANodeThatDiedBeforeTheyStarted) {
  NodesStage stage(1);
  const UserId anna = stage.person("anna");
  stage.arrives(stage[0], stage.session(anna));
  stage[0].store.cut(true);  // as kill -9 would
  stage[0].workspace.reset();
  NodesStage::Node& next = stage.add();
  stage.start(next);
  EXPECT_EQ(stage.presence(next, anna).connections.size(), 1U);
  stage.pass(seconds(40));
  EXPECT_EQ(stage.shown(next, anna), kConnected);
  stage.pass(seconds(1));
  EXPECT_EQ(stage.shown(next, anna), kOffline);
}

TEST(WorkspaceNodes, SettleABatchWhoseAnswerWasLost) {
  NodesStage stage;
  stage[0].store.lose_answer();
  const StatusId lunch = stage.must(
      stage[0], Operator{}, CreateStatus{.fields = {.name = "Lunch", .type = StatusType::kAbsent}});
  stage.look_round();
  EXPECT_NE(stage[1].workspace->snapshot()->status(lunch), nullptr);
  EXPECT_FALSE(stage[0].workspace->stale());
}

TEST(WorkspaceNodes, SayHowOldTheirLeaseIsAndNothingWhenItHasRunOut) {
  NodesStage stage(1);
  Workspace& workspace = *stage[0].workspace;
  stage.look_round();
  EXPECT_EQ(workspace.lease_age(stage.clock.now().steady), Duration(0));
  stage[0].store.cut(true);
  stage.pass(seconds(9));
  EXPECT_EQ(workspace.lease_age(stage.clock.now().steady), Duration(seconds(9)));
  stage.pass(seconds(1));
  EXPECT_FALSE(workspace.lease_age(stage.clock.now().steady));
}

}  // namespace
}  // namespace pastille
