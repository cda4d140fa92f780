#include "app/workspace.h"

#include <gtest/gtest.h>

#include <future>

#include "app/arrivals.h"
#include "app/create_person.h"
#include "app/create_status.h"
#include "app/own_status.h"
#include "app/ports/memory_store.h"
#include "app/sign_in.h"
#include "unicode/icu_calendar.h"
#include "unicode/icu_unicode.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;

// The real twin with faults put in front of it.
class FaultyStore final : public Store {
 public:
  explicit FaultyStore(MemoryStore& real) : real_(real) {}

  Organisation load() override { return real_.load(); }
  Epoch begin_epoch() override { return real_.begin_epoch(); }
  CommitResult commit(const Batch& batch) override {
    ++commits;
    if (hold_once.valid()) {
      auto held = std::move(hold_once);
      began.set_value();
      held.wait();
    }
    if (full) return NotCommitted{"disk full"};
    if (lose_answer) {
      lose_answer = false;
      if (but_write_it) real_.commit(batch);
      return OutcomeUnknown{"connection lost"};
    }
    return real_.commit(batch);
  }
  Settled settle(const BatchId& id) override { return real_.settle(id); }
  std::optional<std::vector<Event>> changes_since(std::uint64_t seq) override {
    return real_.changes_since(seq);
  }
  void note_alive(Time at) override {
    if (full) throw StoreFailure("disk full");
    real_.note_alive(at);
  }
  std::optional<Time> last_alive() override { return real_.last_alive(); }
  std::optional<Time> newest_event() override { return real_.newest_event(); }
  void forget_events(Time before) override { real_.forget_events(before); }

  std::atomic<bool> full = false;
  std::atomic<bool> lose_answer = false;
  std::atomic<bool> but_write_it = false;
  std::atomic<int> commits = 0;
  std::future<void> hold_once;  // set before a command is given
  std::promise<void> began;

 private:
  MemoryStore& real_;
};

class RecordingFeed final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication> publication) override {
    const std::lock_guard lock(mutex);
    for (const Event& event : publication->events) {
      if (event.seq != 0) seqs.push_back(event.seq);
    }
    last_seq = publication->after->seq;
  }
  void stale(Time) override { ++stales; }
  void fresh() override { ++freshes; }
  std::vector<std::uint64_t> seen() {
    const std::lock_guard lock(mutex);
    return seqs;
  }

  std::mutex mutex;
  std::vector<std::uint64_t> seqs;
  std::atomic<std::uint64_t> last_seq = 0;
  std::atomic<int> stales = 0;
  std::atomic<int> freshes = 0;
};

class WorkspaceOf : public testing::Test {
 protected:
  WorkspaceOf() { start(); }

  void start() {
    workspace = std::make_unique<Workspace>(Workspace::Parts{.store = store,
                                                             .feed = feed,
                                                             .clock = clock,
                                                             .unicode = unicode,
                                                             .calendar = calendar,
                                                             .settings = {}});
  }
  template <class UseCase>
  std::future<Result<typename UseCase::Answer>> give(UseCase command, Actor actor = Operator{}) {
    auto promise = std::make_shared<std::promise<Result<typename UseCase::Answer>>>();
    auto future = promise->get_future();
    workspace->submit(actor, std::move(command),
                      [promise](auto result) { promise->set_value(std::move(result)); });
    return future;
  }
  template <class UseCase>
  Result<typename UseCase::Answer> ask(UseCase command, Actor actor = Operator{}) {
    return give(std::move(command), actor).get();
  }
  UserId person(const std::string& login) {
    return ask(CreatePerson{.fields = {.login = login, .display_name = login, .role = kAgentRole},
                            .password_hash = "hash"})
        ->user;
  }
  SessionId sign_in(UserId user, std::uint8_t number) {
    SignIn command{.user = user, .verified_hash = "hash", .secret = {}, .user_agent = {}};
    command.secret[0] = number;
    return *ask(std::move(command), Product{});
  }
  void arrive(SessionId session, std::uint64_t connection) {
    ASSERT_TRUE(ask(
        PersonArrived{Connection{.id = ConnectionId{connection}, .session = session, .token = {}}},
        session));
  }
  // Lets what fell due happen: the answer to a command that comes after it.
  void pass(Duration time) {
    clock.tick(time);
    workspace->wake();
    settle();
    settle();
  }
  void settle() { (void)ask(SignOut{}, Product{}); }
  Entry shown(UserId user) { return workspace->snapshot()->presence(user)->entry; }
  static CreateStatus status(const std::string& name) {
    return {.fields = {.name = name, .type = StatusType::kAbsent}};
  }

  MemoryStore memory;
  FaultyStore store{memory};
  RecordingFeed feed;
  FakeClock clock{Time(495'000h)};
  IcuUnicode unicode;
  IcuCalendar calendar;
  std::unique_ptr<Workspace> workspace;
};

TEST_F(WorkspaceOf, AFirstStartHasSystemStatusesAndBuiltInRoles) {
  const auto state = workspace->snapshot();
  EXPECT_EQ(state->statuses.size(), 5U);
  EXPECT_EQ(state->roles.size(), 2U);
  EXPECT_EQ(state->epochs.size(), 1U);
  EXPECT_EQ(memory.load().statuses.size(), 5U);
}

TEST_F(WorkspaceOf, PublishesBeforeItReplies) {
  const Result<StatusId> made = ask(status("Lunch"));
  ASSERT_TRUE(made);
  EXPECT_NE(workspace->snapshot()->status(*made), nullptr);
  EXPECT_EQ(feed.last_seq, workspace->snapshot()->seq);
}

TEST_F(WorkspaceOf, NumbersEventsWithoutGaps) {
  std::vector<std::future<Result<StatusId>>> answers;
  for (int count = 0; count < 100; ++count)
    answers.push_back(give(status("Status " + std::to_string(count))));
  for (auto& each : answers) EXPECT_TRUE(each.get());
  const std::vector<std::uint64_t> seqs = feed.seen();
  for (std::size_t at = 0; at < seqs.size(); ++at) EXPECT_EQ(seqs[at], at + 1);
  EXPECT_EQ(memory.load().seq, seqs.size());
}

TEST_F(WorkspaceOf, CommitsTogetherWhatWaitsWhileACommitRuns) {
  std::promise<void> go_on;
  store.hold_once = go_on.get_future();
  auto first = give(status("first"));
  store.began.get_future().wait();
  std::vector<std::future<Result<StatusId>>> waiting;
  for (int count = 0; count < 50; ++count)
    waiting.push_back(give(status("Status " + std::to_string(count))));
  const int before = store.commits;
  go_on.set_value();
  for (auto& each : waiting) EXPECT_TRUE(each.get());
  EXPECT_EQ(store.commits, before + 1);
}

TEST_F(WorkspaceOf, DecidesEachCommandOnWhatTheOneBeforeItLeft) {
  auto first = give(status("Lunch"));
  auto second = give(status("lunch"));
  EXPECT_TRUE(first.get());
  EXPECT_EQ(second.get().error().problem, Problem::kNameTaken);
}

TEST_F(WorkspaceOf, KeepsNothingOfACommandThatWasNotCommitted) {
  store.full = true;
  const Result<StatusId> refused = ask(status("Lunch"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem, Problem::kUnavailable);
  EXPECT_TRUE(refused.error().retry_after);
  EXPECT_EQ(workspace->snapshot()->statuses.size(), 5U);
  EXPECT_TRUE(workspace->stale());
  EXPECT_EQ(ask(status("Lunch")).error().problem, Problem::kStale);
  EXPECT_EQ(feed.stales, 1);
  store.full = false;
  EXPECT_TRUE(ask(status("Lunch")));
  EXPECT_FALSE(workspace->stale());
  EXPECT_EQ(feed.freshes, 1);
}

TEST_F(WorkspaceOf, FindsOutByItselfThatTheStoreCanWriteAgain) {
  store.full = true;
  EXPECT_FALSE(ask(status("Lunch")));
  store.full = false;
  pass(1s);
  EXPECT_FALSE(workspace->stale());
}

TEST_F(WorkspaceOf, AcknowledgesABatchWhoseAnswerWasLostWhenItIsThere) {
  store.but_write_it = true;
  store.lose_answer = true;
  const Result<StatusId> made = ask(status("Lunch"));
  ASSERT_TRUE(made);
  EXPECT_NE(workspace->snapshot()->status(*made), nullptr);
  EXPECT_NE(memory.load().status(*made), nullptr);
}

TEST_F(WorkspaceOf, RefusesABatchWhoseAnswerWasLostWhenItIsNotThere) {
  store.lose_answer = true;
  EXPECT_FALSE(ask(status("Lunch")));
  EXPECT_TRUE(ask(status("Lunch")));
}

TEST_F(WorkspaceOf, LetsPeopleComeAndGoWhileTheStoreCannotWriteAndNobodyGoesOffline) {
  const UserId anna = person("anna");
  const SessionId session = sign_in(anna, 1);
  arrive(session, 1);
  store.full = true;
  EXPECT_FALSE(ask(status("Lunch")));
  EXPECT_TRUE(ask(PersonLeft{.user = anna, .connection = ConnectionId{1}}, Product{}));
  pass(60s);
  EXPECT_FALSE(shown(anna).offline());
  arrive(session, 2);
  store.full = false;
  pass(60s);
  EXPECT_FALSE(shown(anna).offline());
}

TEST_F(WorkspaceOf, DecidesAgainWhenAnotherWriterWasFirst) {
  settle();  // what is due at the start has happened
  Batch other{.id = {9}, .expected_seq = workspace->snapshot()->seq, .events = {}};
  Team team;
  team.id = TeamId{77};
  team.name = Label{.text = "Sales", .folded = "sales"};
  other.events.push_back(
      Event{.seq = other.expected_seq + 1, .at = clock.now().wall, .changes = {TeamPut{team}}});
  ASSERT_TRUE(std::holds_alternative<Committed>(memory.commit(other)));
  ASSERT_TRUE(ask(status("Lunch")));
  EXPECT_NE(workspace->snapshot()->team(TeamId{77}), nullptr);
  EXPECT_EQ(workspace->snapshot()->seq, other.expected_seq + 2);
}

TEST_F(WorkspaceOf, ShowsOfflineWhenTheGraceIsOver) {
  const UserId anna = person("anna");
  arrive(sign_in(anna, 1), 1);
  EXPECT_FALSE(shown(anna).offline());
  EXPECT_TRUE(ask(PersonLeft{.user = anna, .connection = ConnectionId{1}}, Product{}));
  pass(29s);
  EXPECT_FALSE(shown(anna).offline());
  pass(1s);
  EXPECT_TRUE(shown(anna).offline());
}

TEST_F(WorkspaceOf, ReturnsPeopleToConnectedAtTheEndOfTheirStatus) {
  const UserId anna = person("anna");
  const SessionId session = sign_in(anna, 1);
  arrive(session, 1);
  const StatusId lunch = *ask(status("Lunch"));
  ASSERT_TRUE(ask(SetOwnStatus{.target = {}, .status = lunch, .note = {}, .until = UntilFor{60s}},
                  session));
  pass(59s);
  EXPECT_EQ(shown(anna).status, lunch);
  pass(1s);
  EXPECT_EQ(shown(anna).status, system_status(StatusType::kConnected));
}

TEST_F(WorkspaceOf, DoesAtItsStartWhatFellDueWhileItWasDown) {
  const UserId anna = person("anna");
  const SessionId session = sign_in(anna, 1);
  arrive(session, 1);
  const StatusId lunch = *ask(status("Lunch"));
  ASSERT_TRUE(ask(SetOwnStatus{.target = {}, .status = lunch, .note = {}, .until = UntilFor{60s}},
                  session));
  const Time ends = *shown(anna).until;
  workspace.reset();
  clock.tick(10min);
  start();
  pass(1ms);
  EXPECT_EQ(shown(anna).status, system_status(StatusType::kConnected));
  EXPECT_EQ(shown(anna).since, ends);
  EXPECT_EQ(workspace->snapshot()->epochs.size(), 2U);
}

TEST_F(WorkspaceOf, GivesEveryoneWhoWasThereTheGraceAfterARestart) {
  const UserId anna = person("anna");
  const UserId berta = person("berta");
  const SessionId session = sign_in(anna, 1);
  arrive(session, 1);
  arrive(sign_in(berta, 2), 2);
  const Entry before = shown(anna);
  workspace.reset();
  const Time stopped = clock.now().wall;
  clock.tick(5s);
  start();
  arrive(session, 1);
  EXPECT_EQ(shown(anna), before);
  pass(30s);
  EXPECT_FALSE(shown(anna).offline());
  EXPECT_TRUE(shown(berta).offline());
  // Her history says that she left when the server was last alive, not when the grace was over.
  EXPECT_EQ(memory.own_history(berta, {}).items.at(0).item.at, stopped);
}

TEST_F(WorkspaceOf, RecordsForeignAttemptsOnceAMinuteWithTheirCount) {
  const UserId anna = person("anna");
  const SessionId berta = sign_in(person("berta"), 2);
  const SetOwnStatus command{.target = anna,
                             .status = system_status(StatusType::kBusy),
                             .note = {},
                             .until = UntilDefault{}};
  for (int count = 0; count < 5; ++count) {
    EXPECT_EQ(ask(command, berta).error().problem, Problem::kOwnStatusOnly);
  }
  const auto attempts = [&] {
    std::vector<std::uint32_t> counts;
    for (const AuditItem& item : memory.audit({}).items) {
      if (item.action == "own-status.set") counts.push_back(item.count);
    }
    return counts;
  };
  EXPECT_EQ(attempts(), std::vector<std::uint32_t>{1});
  pass(60s);
  EXPECT_EQ(attempts(), (std::vector<std::uint32_t>{4, 1}));
}

TEST_F(WorkspaceOf, EndsSessionsByAgeButNotWhileTheClockIsNotBelieved) {
  const SessionId session = sign_in(person("anna"), 1);
  clock.set_wall(clock.now().wall + std::chrono::days(90));
  pass(1s);
  EXPECT_NE(workspace->snapshot()->session(session), nullptr);
  pass(1h + 10min);
  EXPECT_EQ(workspace->snapshot()->session(session), nullptr);
}

TEST_F(WorkspaceOf, RefusesCommandsOfASessionThatHasEnded) {
  const SessionId session = sign_in(person("anna"), 1);
  ASSERT_TRUE(ask(SignOut{}, session));
  EXPECT_EQ(ask(ClearOwnStatus{}, session).error().problem, Problem::kNotSignedIn);
}

TEST_F(WorkspaceOf, FinishesWhatWaitsWhenItStops) {
  std::vector<std::future<Result<StatusId>>> answers;
  for (int count = 0; count < 20; ++count)
    answers.push_back(give(status("Status " + std::to_string(count))));
  workspace->stop();
  for (auto& each : answers) EXPECT_TRUE(each.get());
  EXPECT_EQ(ask(status("late")).error().problem, Problem::kUnavailable);
  EXPECT_EQ(memory.last_alive(), clock.now().wall);
}

}  // namespace
}  // namespace pastille
