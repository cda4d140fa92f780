#include "app/workspace.h"

#include <atomic>
#include <future>
#include <thread>

#include "app/running_test.h"
#include "app/short_lived.h"
#include "core/limits.h"

namespace pastille {
namespace {

using Fault = FaultyStore::Fault;

// Writes a record, then refuses.
struct RefuseOnTheRecord {
  using Answer = bool;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const {
    draft.change(
        TeamPut{Team{.id = TeamId{9}, .name = {.text = "Lost", .folded = "lost"}, .version = 1}});
    draft.change(AuditAdded{AuditItem{.at = context.now.wall,
                                      .by = who.author,
                                      .action = "test.refuse",
                                      .target = {},
                                      .problem = Problem::kPermissionMissing}});
    return refuse(Problem::kPermissionMissing, "No.");
  }
};

struct PutTeam {
  using Answer = bool;
  std::uint64_t number;
  Result<bool> decide(Draft& draft, const Acting&, const Context&) const {
    const std::string name = "Team " + std::to_string(number);
    draft.change(
        TeamPut{Team{.id = TeamId{number}, .name = {.text = name, .folded = name}, .version = 1}});
    return true;
  }
};

SetOwnStatus set_to(StatusId status, std::string note = {}) {
  return SetOwnStatus{.target = {}, .status = status, .note = std::move(note)};
}

template <class Answer>
Problem problem_of(const Result<Answer>& answer) {
  if (answer) {
    ADD_FAILURE() << "not refused";
    return Problem::kMalformed;
  }
  return answer.error().problem;
}

TEST(Workspace, MakesSystemStatusesAndBuiltInRolesAtTheFirstStartOnly) {
  Running running;
  const auto first = running.workspace->snapshot();
  EXPECT_EQ(first->live_statuses, 5U);
  EXPECT_NE(first->role(kAdministratorRole), nullptr);
  EXPECT_EQ(first->epochs.size(), 1U);
  running.look_round();
  const std::uint64_t seq = running.workspace->snapshot()->seq;
  running.stop();
  running.start();
  EXPECT_EQ(running.workspace->snapshot()->seq, seq);
  EXPECT_EQ(running.workspace->snapshot()->epochs.size(), 2U);
}

TEST(Workspace, MakesTheKeyThatNodesSealWithOnceAndForOlderDataToo) {
  Running running;
  EXPECT_FALSE(running.workspace->snapshot()->sealing_key);
  for (const std::uint8_t byte : {std::uint8_t{7}, std::uint8_t{8}}) {
    running.stop();
    running.fresh_key = SealingKey{byte};
    running.start();
    EXPECT_EQ(running.workspace->snapshot()->sealing_key, SealingKey{7});
  }
  EXPECT_TRUE(is_short_lived(Event{.seq = 1, .at = {}, .changes = {SealingKeyPut{}}}));
  EXPECT_EQ(running.workspace->snapshot()->live_statuses, 5U);
}

TEST(Workspace, ShowsAChangeInSnapshotAndFeedBeforeItReplies) {
  Running running;
  std::promise<std::pair<bool, std::size_t>> seen;
  const std::size_t before = running.feed.publications().size();
  running.workspace->submit(
      Operator{}, CreateStatus{.fields = {.name = "Lunch", .type = StatusType::kAbsent}},
      [&](Result<StatusId> id) {
        seen.set_value({id && running.workspace->snapshot()->status(*id) != nullptr,
                        running.feed.publications().size() - before});
      });
  const auto [in_snapshot, published] = seen.get_future().get();
  EXPECT_TRUE(in_snapshot);
  EXPECT_GE(published, 1U);
}

TEST(Workspace, NumbersWhatIsStoredWithoutGapsAndNothingElse) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  running.arrives(session);
  const std::uint64_t seq = running.workspace->snapshot()->seq;
  const ConnectionId second = running.arrives(session);
  running.leaves(ana, second);
  EXPECT_EQ(running.workspace->snapshot()->seq, seq);
  running.status("Lunch");
  EXPECT_EQ(running.workspace->snapshot()->seq, seq + 1);

  std::uint64_t last = 0;
  for (const std::uint64_t each : running.feed.seqs()) {
    if (each == 0) continue;
    EXPECT_EQ(each, last + 1);
    last = each;
  }
  EXPECT_EQ(last, seq + 1);
}

TEST(Workspace, DropsWhatARefusedCommandChangedButKeepsTheRecord) {
  Running running;
  EXPECT_EQ(problem_of(running.run(Operator{}, RefuseOnTheRecord{})), Problem::kPermissionMissing);
  EXPECT_EQ(running.workspace->snapshot()->team(TeamId{9}), nullptr);
  EXPECT_EQ(running.store.memory.audit({}).items.front().action, "test.refuse");
}

TEST(Workspace, DecidesEachCommandOnWhatTheOneBeforeItLeft) {
  Running running;
  auto first = running.ask(Operator{},
                           CreateStatus{.fields = {.name = "Lunch", .type = StatusType::kAbsent}});
  auto second =
      running.ask(Operator{}, CreateStatus{.fields = {.name = "lunch", .type = StatusType::kBusy}});
  EXPECT_TRUE(first.get());
  EXPECT_EQ(problem_of(second.get()), Problem::kNameTaken);
}

TEST(Workspace, RefusesCommandsOfASessionThatHasEnded) {
  Running running;
  const SessionId session = running.session(running.person("ana"));
  running.must(session, SignOut{});
  EXPECT_EQ(problem_of(running.run(session, ClearOwnStatus{})), Problem::kNotSignedIn);
}

TEST(Workspace, CommitsAllThatWaitsInOneBatch) {
  Running running;
  running.look_round();
  running.store.hold();
  auto first =
      running.ask(Operator{}, CreateStatus{.fields = {.name = "First", .type = StatusType::kBusy}});
  running.store.await_commit();
  std::vector<std::future<Result<StatusId>>> rest;
  for (int number = 0; number < 20; ++number) {
    rest.push_back(
        running.ask(Operator{}, CreateStatus{.fields = {.name = "Status " + std::to_string(number),
                                                        .type = StatusType::kBusy}}));
  }
  running.store.release();
  EXPECT_TRUE(first.get());
  for (auto& each : rest) EXPECT_TRUE(each.get());
  EXPECT_EQ(running.store.batch_sizes().back(), 20U);
}

TEST(Workspace, CommitsNoMoreThanTwoThousandCommandsInOneBatch) {
  Running running;
  running.look_round();
  running.store.hold();
  auto first = running.ask(Operator{}, PutTeam{1});
  running.store.await_commit();
  for (std::uint64_t number = 2; number <= limits::kBatchMost + 2; ++number) {
    running.workspace->submit(Operator{}, PutTeam{number},
                              [](const Result<bool>& answer) { EXPECT_TRUE(answer); });
  }
  running.store.release();
  EXPECT_TRUE(first.get());
  running.stop();
  const std::vector<std::size_t> sizes = running.store.batch_sizes();
  ASSERT_GE(sizes.size(), 2U);
  EXPECT_EQ(sizes[sizes.size() - 2], limits::kBatchMost);
  EXPECT_EQ(sizes.back(), 1U);
}

TEST(Workspace, RefusesOneCommandMoreThanTheQueueHolds) {
  Running running;
  running.look_round();
  running.store.hold();
  auto first =
      running.ask(Operator{}, CreateStatus{.fields = {.name = "First", .type = StatusType::kBusy}});
  running.store.await_commit();
  std::atomic<std::size_t> accepted = 0;
  std::atomic<std::size_t> refused = 0;
  const auto count = [&](Result<bool> answer) { ++(answer ? accepted : refused); };
  for (std::size_t waiting = 0; waiting < limits::kQueueMost; ++waiting) {
    running.workspace->submit(Product{}, LookRound{}, count);
  }
  EXPECT_EQ(refused, 0U);
  EXPECT_EQ(problem_of(running.run(Product{}, LookRound{})), Problem::kUnavailable);
  running.store.release();
  running.stop();
  EXPECT_EQ(accepted, limits::kQueueMost);
  EXPECT_EQ(refused, 0U);
}

TEST(Workspace, FinishesWhatWaitsWhenItStopsAndRefusesWhatComesAfter) {
  Running running;
  running.look_round();
  running.store.hold();
  auto first =
      running.ask(Operator{}, CreateStatus{.fields = {.name = "First", .type = StatusType::kBusy}});
  running.store.await_commit();
  auto second = running.ask(Operator{},
                            CreateStatus{.fields = {.name = "Second", .type = StatusType::kBusy}});
  std::jthread stopping([&] { running.workspace->stop(); });
  running.store.release();
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(second.get());
  stopping.join();
  EXPECT_EQ(problem_of(running.run(Product{}, LookRound{})), Problem::kUnavailable);
}

TEST(Workspace, DecidesAgainOnWhatAnotherWriterWasFirstWith) {
  Running running;
  running.look_round();
  running.store.others_write = {
      TeamPut{Team{.id = TeamId{9}, .name = {.text = "Theirs", .folded = "theirs"}, .version = 1}}};
  running.store.strike({Fault::kOtherWriter, Fault::kOtherWriter});
  const std::uint64_t before = running.workspace->snapshot()->seq;
  const StatusId lunch = running.status("Lunch");
  const auto after = running.workspace->snapshot();
  EXPECT_NE(after->team(TeamId{9}), nullptr);
  EXPECT_NE(after->status(lunch), nullptr);
  EXPECT_EQ(after->seq, before + 3);
  EXPECT_EQ(running.feed.seqs().back(), before + 3);
}

TEST(Workspace, RefusesWhatLostToOtherWritersThreeTimes) {
  Running running;
  running.look_round();
  running.store.strike({Fault::kOtherWriter, Fault::kOtherWriter, Fault::kOtherWriter});
  const auto lost = running.run(
      Operator{}, CreateStatus{.fields = {.name = "Lunch", .type = StatusType::kAbsent}});
  EXPECT_EQ(problem_of(lost), Problem::kUnavailable);
  EXPECT_EQ(running.workspace->snapshot()->live_statuses, 5U);
  running.status("Lunch");
}

TEST(Workspace, RefusesAllInABatchThatWasNotCommittedAndSaysStaleUntilItCan) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  running.arrives(session);
  const std::uint64_t before = running.workspace->snapshot()->seq;
  running.store.set_broken(true);
  const StatusId busy = system_status(StatusType::kBusy);
  EXPECT_EQ(problem_of(running.run(session, set_to(busy))), Problem::kUnavailable);
  EXPECT_TRUE(running.workspace->stale());
  EXPECT_EQ(problem_of(running.run(session, set_to(busy))), Problem::kStale);
  EXPECT_EQ(running.workspace->snapshot()->seq, before);
  EXPECT_EQ(running.entry(ana).type, StatusType::kConnected);

  running.pass(std::chrono::seconds(2));
  EXPECT_TRUE(running.workspace->stale());
  running.store.set_broken(false);
  running.pass(std::chrono::seconds(1));
  running.look_round();
  EXPECT_FALSE(running.workspace->stale());
  EXPECT_EQ(running.feed.said(), (std::vector<std::string>{"stale", "fresh"}));
  running.must(session, set_to(busy));
  EXPECT_EQ(running.entry(ana).rev, before + 1);
}

TEST(Workspace, WorksAgainWithTheNextCommandThatCommits) {
  Running running;
  running.look_round();
  running.store.strike({Fault::kNotCommitted});
  EXPECT_FALSE(running.run(Operator{},
                           CreateStatus{.fields = {.name = "Lunch", .type = StatusType::kAbsent}}));
  running.status("Lunch");
  EXPECT_FALSE(running.workspace->stale());
}

TEST(Workspace, AcknowledgesABatchThatIsThereAfterAllAndRefusesOneThatIsNot) {
  Running running;
  running.look_round();
  running.store.strike({Fault::kUnknownThere, Fault::kUnknownNotThere, Fault::kThrows});
  const StatusId there = running.status("There");
  EXPECT_NE(running.workspace->snapshot()->status(there), nullptr);
  EXPECT_FALSE(running.workspace->stale());
  for (int lost = 0; lost < 2; ++lost) {
    EXPECT_FALSE(running.run(
        Operator{}, CreateStatus{.fields = {.name = "Lost", .type = StatusType::kAbsent}}));
  }
  EXPECT_EQ(running.workspace->snapshot()->live_statuses, 6U);
  running.status("Lost");
}

// Whoever comes while the database is away does not wait until it is back.
TEST(Workspace, LetsConnectionsComeAndGoWhileAnOutcomeIsUnknown) {
  Running running;
  const UserId anna = running.person("anna");
  const SessionId session = running.session(anna);
  const ConnectionId first = running.arrives(session);
  running.store.strike({Fault::kUnknownThere});
  running.store.break_after_commit();
  auto lost =
      running.ask(Operator{}, CreateStatus{.fields = {.name = "First", .type = StatusType::kBusy}});
  running.store.await_settle_attempts(1);
  const ConnectionId second = running.arrives(session);
  running.leaves(anna, first);
  EXPECT_EQ(running.workspace->snapshot()->live_statuses, 5U);
  running.store.set_broken(false);
  running.workspace->wake();
  EXPECT_TRUE(lost.get());
  const auto state = running.workspace->snapshot();
  EXPECT_EQ(state->live_statuses, 6U);
  ASSERT_EQ(state->presence(anna)->connections.size(), 1U);
  EXPECT_EQ(state->presence(anna)->connections[0].id, second);
  EXPECT_EQ(running.entry(anna).type, StatusType::kConnected);
}

TEST(Workspace, TellsWhoLooksWhileAnOutcomeIsUnknownThatItCannotBeFoundOut) {
  Running running;
  running.store.strike({Fault::kUnknownThere});
  running.store.break_after_commit();
  auto lost =
      running.ask(Operator{}, CreateStatus{.fields = {.name = "First", .type = StatusType::kBusy}});
  running.store.await_settle_attempts(1);
  std::promise<bool> looked;
  running.workspace->look_then([&] { looked.set_value(running.workspace->stale().has_value()); });
  EXPECT_TRUE(looked.get_future().get());
  running.store.set_broken(false);
  running.workspace->wake();
  EXPECT_TRUE(lost.get());
}

TEST(Workspace, AsksForAnUnknownOutcomeUntilTheStoreOpensAndRefusesChangesMeanwhile) {
  Running running;
  running.look_round();
  running.store.hold();
  running.store.strike({Fault::kUnknownThere});
  auto first =
      running.ask(Operator{}, CreateStatus{.fields = {.name = "First", .type = StatusType::kBusy}});
  running.store.await_commit();
  auto second = running.ask(Operator{},
                            CreateStatus{.fields = {.name = "Second", .type = StatusType::kBusy}});
  running.store.break_after_commit();
  running.store.release();
  running.store.await_settle_attempts(1);
  running.workspace->wake();
  running.store.await_settle_attempts(2);
  EXPECT_EQ(problem_of(second.get()), Problem::kStale);
  EXPECT_EQ(problem_of(running.run(
                Operator{}, CreateStatus{.fields = {.name = "Third", .type = StatusType::kBusy}})),
            Problem::kStale);
  EXPECT_EQ(running.workspace->snapshot()->live_statuses, 5U);
  running.store.set_broken(false);
  running.workspace->wake();
  EXPECT_TRUE(first.get());
  EXPECT_EQ(running.workspace->snapshot()->live_statuses, 6U);
  running.status("Fourth");
}

TEST(Workspace, StopsWithAnOutcomeThatNobodyKnows) {
  Running running;
  running.look_round();
  running.store.strike({Fault::kUnknownThere});
  running.store.break_after_commit();
  auto lost =
      running.ask(Operator{}, CreateStatus{.fields = {.name = "First", .type = StatusType::kBusy}});
  running.store.await_settle_attempts(1);
  running.stop();
  EXPECT_EQ(problem_of(lost.get()), Problem::kUnavailable);
}

TEST(Workspace, LetsConnectionsComeAndGoWhileTheStoreIsLostAndShowsNobodyOffline) {
  Running running;
  const UserId ana = running.person("ana");
  const SessionId session = running.session(ana);
  const ConnectionId first = running.arrives(session);
  running.store.set_broken(true);
  running.run(session, set_to(system_status(StatusType::kBusy)));
  running.leaves(ana, first);
  running.pass(std::chrono::minutes(5));
  EXPECT_EQ(running.entry(ana).type, StatusType::kConnected);
  const ConnectionId second = running.arrives(session);
  EXPECT_EQ(running.workspace->snapshot()->presence(ana)->connections.size(), 1U);
  running.leaves(ana, second);
  running.pass(std::chrono::minutes(5));
  running.store.set_broken(false);
  running.pass(std::chrono::seconds(1));
  running.look_round();
  running.look_round();
  EXPECT_TRUE(running.entry(ana).offline());
}

}  // namespace
}  // namespace pastille
