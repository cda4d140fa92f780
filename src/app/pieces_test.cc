// Long work comes in pieces: what each of them does, what is between them, and how it ends.
#include "app/pieces.h"

#include <gtest/gtest.h>

#include "app/add_tokens.h"
#include "app/delete_status.h"
#include "app/delete_team.h"
#include "app/erase_person.h"
#include "app/import_people.h"
#include "app/modify_person.h"
#include "app/modify_status.h"
#include "app/once.h"
#include "app/running_test.h"
#include "app/showing.h"

namespace pastille {
namespace {

constexpr std::size_t kMany = 2 * limits::kPiecePeople + 1;  // three pieces

// Does something to many people at once, as no rule does, to begin with.
struct ToMany {
  using Answer = bool;
  std::function<void(Draft&, const Context&)> edit;
  Result<bool> decide(Draft& draft, const Acting&, const Context& context) const {
    edit(draft, context);
    return true;
  }
};

ImportPeople::Row row(std::size_t number, const std::string& team = "") {
  ImportPeople::Row made{.line = number + 1,
                         .login = "p" + std::to_string(number),
                         .display_name = "Person " + std::to_string(number),
                         .role = "Agent"};
  if (!team.empty()) made.teams = {team};
  SecretHash secret{};
  secret[0] = static_cast<std::uint8_t>(number);
  secret[1] = static_cast<std::uint8_t>(number >> 8U);
  made.invitation_secret = secret;
  return made;
}

class InPiecesTest : public testing::Test {
 protected:
  std::shared_ptr<const Organisation> now() const { return running.workspace->snapshot(); }
  void import(std::size_t count) {
    ImportPeople people;
    for (std::size_t i = 0; i < count; ++i) people.rows.push_back(row(i, "Everybody"));
    running.must(Operator{}, std::move(people));
  }
  // The most people whom one event of the publications from `first` on changed.
  std::size_t largest_event(std::size_t first) const {
    std::size_t most = 0;
    const auto publications = running.feed.publications();
    for (std::size_t i = first; i < publications.size(); ++i) {
      for (const Event& event : publications[i]->events) {
        const auto people = std::ranges::count_if(event.changes, [](const Change& each) {
          return std::holds_alternative<PersonPut>(each) ||
                 std::holds_alternative<EntryPut>(each) || std::holds_alternative<TokenPut>(each);
        });
        most = std::max(most, static_cast<std::size_t>(people));
      }
    }
    return most;
  }
  void everybody_shows(StatusId status) {
    running.must(Product{}, ToMany{[&](Draft& draft, const Context& context) {
                   const auto people = draft.now().people;
                   people.for_each([&](UserId user, const Box<Person>&) {
                     Presence after = *draft.now().presence(user);
                     after.entry = {.status = status, .type = StatusType::kAbsent, .note = "tea"};
                     show(draft, user, after, context);
                   });
                 }});
    ASSERT_EQ(now()->shown_by(status), kMany);
  }

  // One for each, in their order.
  AddTokens tokens_for_all() const {
    AddTokens command{.name = "Wallboard", .tokens = {}};
    now()->people.for_each([&](UserId user, const Box<Person>&) {
      SecretHash secret{};
      secret[0] = static_cast<std::uint8_t>(user.number);
      secret[1] = static_cast<std::uint8_t>(user.number >> 8U);
      command.tokens.emplace_back(user, secret);
    });
    return command;
  }
  Result<std::size_t> tried(const AddTokens& command) const {
    const Context context{running.clock.now(), running.settings, running.unicode, running.calendar};
    return try_out(command, *now(), *acting(*now(), Operator{}, context), context);
  }

  Running running;
};

TEST_F(InPiecesTest, AnImportIsWrittenInEventsOfOnePieceAndAnsweredWhole) {
  ImportPeople people;
  for (std::size_t i = 0; i < kMany; ++i)
    people.rows.push_back(row(i, "Team " + std::to_string(i % 3)));
  const auto answer = running.must(Operator{}, std::move(people));
  EXPECT_EQ(answer.people.size(), kMany);
  EXPECT_EQ(answer.teams_made, 3U);
  EXPECT_EQ(now()->people.size(), kMany);
  EXPECT_EQ(now()->invitations.size(), kMany);
  EXPECT_EQ(now()->person(answer.people[kMany - 1])->login.text, "p" + std::to_string(kMany - 1));
  EXPECT_EQ(largest_event(0), limits::kPiecePeople);
}

TEST_F(InPiecesTest, AnImportThatIsAskedForOnceKeepsTheAnswerToTheWhole) {
  std::size_t told = 0;
  const auto ask = [&] {
    Once<ImportPeople> once{
        .command = {},
        .key = {.key = "k"},
        .write = [&](const Organisation& organisation, const ImportPeople::Answer& answer) {
          told = answer.people.size();
          EXPECT_EQ(organisation.people.size(), kMany);
          return WrittenAnswer{.status = 200, .headers = {}, .body = {}};
        }};
    for (std::size_t i = 0; i < kMany; ++i) once.command.rows.push_back(row(i));
    return running.must(Operator{}, std::move(once));
  };
  EXPECT_EQ(std::get<ImportPeople::Answer>(ask()).people.size(), kMany);
  EXPECT_EQ(told, kMany);
  EXPECT_EQ(largest_event(0), limits::kPiecePeople);
  EXPECT_TRUE(std::holds_alternative<AnsweredBefore>(ask()));
  EXPECT_EQ(now()->people.size(), kMany);
}

TEST_F(InPiecesTest, AnImportWhoseTrialFailsSaysAllFaultsAndWritesNothing) {
  ImportPeople people;
  for (std::size_t i = 0; i < kMany; ++i) people.rows.push_back(row(i));
  people.rows[0].role = people.rows[kMany - 1].role = "Nobody";
  const Context context{running.clock.now(), running.settings, running.unicode, running.calendar};
  const auto who = acting(*now(), Operator{}, context);
  const auto tried = try_out(people, *now(), *who, context);
  ASSERT_FALSE(tried);
  EXPECT_EQ(tried.error().errors.size(), 2U);
  EXPECT_EQ(people.rows.size(), kMany);
  EXPECT_FALSE(people.dry_run);
  EXPECT_EQ(now()->people.size(), 0U);
}

TEST_F(InPiecesTest, AnImportThatIsBrokenOffKeepsWhatItHadAndSaysHowMuch) {
  ImportPeople people;
  for (std::size_t i = 0; i < kMany; ++i) people.rows.push_back(row(i));
  people.rows[limits::kPiecePeople + 7].login = "p3";
  const auto answer = running.run(Operator{}, std::move(people));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().problem, Problem::kInvalid);
  EXPECT_TRUE(
      answer.error().detail.starts_with("The first 200 of 401 people were written and stay"))
      << answer.error().detail;
  EXPECT_EQ(now()->people.size(), limits::kPiecePeople);
  // No record of people who are not there.
  EXPECT_EQ(running.store.memory.audit({.page = {.before = 0, .limit = 200}}).total,
            limits::kPiecePeople);
}

TEST_F(InPiecesTest, TokensForEverybodyAreMadeInEventsOfOnePiece) {
  import(kMany);
  const std::size_t first = running.feed.publications().size();
  EXPECT_EQ(running.must(Operator{}, tokens_for_all()), kMany);
  EXPECT_EQ(now()->tokens_of.size(), kMany);
  EXPECT_EQ(largest_event(first), limits::kPiecePeople);
}

TEST_F(InPiecesTest, TokensOfWhichOneCannotBeMadeAreRefusedByTheTrial) {
  import(kMany);
  EXPECT_EQ(*tried(tokens_for_all()), kMany);
  AddTokens command = tokens_for_all();
  command.tokens[kMany - 1].first = UserId{9'999};
  EXPECT_EQ(tried(command).error().problem, Problem::kNotFound);
  command = tokens_for_all();
  command.name = "";
  EXPECT_EQ(tried(command).error().problem, Problem::kInvalid);
  EXPECT_TRUE(now()->tokens.empty());
}

TEST_F(InPiecesTest, TokensThatAreBrokenOffAreValidUpToThereAndItSaysHowMany) {
  import(kMany);
  AddTokens command = tokens_for_all();
  command.tokens[limits::kPiecePeople + 7].first = UserId{9'999};
  const auto answer = running.run(Operator{}, command);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().problem, Problem::kNotFound);
  EXPECT_TRUE(answer.error().detail.starts_with("The first 200 of 401 tokens were made"))
      << answer.error().detail;
  EXPECT_EQ(now()->tokens.size(), limits::kPiecePeople);
  EXPECT_TRUE(now()->token_secrets.contains(command.tokens[limits::kPiecePeople - 1].second));
}

TEST_F(InPiecesTest, OthersComeBetweenTwoPieces) {
  ImportPeople people;
  for (std::size_t i = 0; i < kMany; ++i) people.rows.push_back(row(i));
  running.store.hold();
  auto import = running.ask(Operator{}, std::move(people));
  running.store.await_commit();
  auto change = running.ask(Operator{},
                            CreateStatus{.fields = {.name = "Lunch", .type = StatusType::kAbsent}});
  running.store.release();
  ASSERT_TRUE(change.get());
  ASSERT_TRUE(import.get());
  const Status* lunch = nullptr;
  now()->statuses.for_each([&](StatusId, const Box<Status>& each) {
    if (!each->system) lunch = each.get();
  });
  ASSERT_NE(lunch, nullptr);
  std::uint64_t last = 0;
  now()->people.for_each(
      [&](UserId, const Box<Person>& each) { last = std::max(last, each->rev); });
  EXPECT_LT(lunch->rev, last) << "it did not wait for the whole import";
}

TEST_F(InPiecesTest, LongWorkIsBrokenOffWhenTheServerStops) {
  ImportPeople people;
  for (std::size_t i = 0; i < kMany; ++i) people.rows.push_back(row(i));
  running.store.hold();
  auto import = running.ask(Operator{}, std::move(people));
  running.store.await_commit();
  running.workspace->break_off();
  running.store.release();
  const auto answer = import.get();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().problem, Problem::kUnavailable);
  EXPECT_EQ(now()->people.size(), limits::kPiecePeople);
  const auto later = running.run(Operator{}, ImportPeople{.rows = {row(9000)}});
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().problem, Problem::kUnavailable);
  running.look_round();
}

TEST_F(InPiecesTest, MoreLongWorksThanWaitAreRefused) {
  running.store.hold();
  std::vector<std::future<Result<ImportPeople::Answer>>> works;
  works.push_back(running.ask(Operator{}, ImportPeople{.rows = {row(0)}}));
  running.store.await_commit();
  for (std::size_t i = 1; i <= limits::kLongWorks; ++i) {
    works.push_back(running.ask(Operator{}, ImportPeople{.rows = {row(i)}}));
  }
  const auto refused = running.run(Operator{}, ImportPeople{.rows = {row(9000)}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem, Problem::kUnavailable);
  running.store.release();
  for (auto& each : works) EXPECT_TRUE(each.get());
}

TEST_F(InPiecesTest, AStatusThatManyHoldIsDeletedWhenAllHaveMoved) {
  import(kMany);
  const StatusId tea = running.status("Tea");
  everybody_shows(tea);
  const std::size_t first = running.feed.publications().size();
  EXPECT_EQ(running.must(Operator{}, DeleteStatus{tea, 1}).moved, kMany);
  EXPECT_TRUE(now()->status(tea)->deleted);
  EXPECT_EQ(now()->shown_by(tea), 0U);
  EXPECT_EQ(now()->shown_by(system_status(StatusType::kAbsent)), kMany);
  EXPECT_EQ(largest_event(first), limits::kPiecePeople);
  EXPECT_TRUE(now()->status_holders.empty());
}

TEST_F(InPiecesTest, AStatusThatManyShowGetsItsNewTypeWhenAllHaveIt) {
  import(kMany);
  const StatusId tea = running.status("Tea");
  everybody_shows(tea);
  const std::size_t first = running.feed.publications().size();
  running.must(Operator{}, ModifyStatus{tea, 1, {.type = StatusType::kBusy}});
  EXPECT_EQ(now()->status(tea)->fields.type, StatusType::kBusy);
  now()->presences.for_each(
      [&](UserId, const Box<Presence>& each) { EXPECT_EQ(each->entry.type, StatusType::kBusy); });
  EXPECT_EQ(largest_event(first), limits::kPiecePeople);
}

TEST_F(InPiecesTest, ATeamOfManyIsDeletedWhenAllHaveLeft) {
  import(kMany);
  const std::size_t first = running.feed.publications().size();
  running.must(Operator{}, DeleteTeam{.team = TeamId{1}, .expected_version = {}});
  EXPECT_EQ(now()->team(TeamId{1}), nullptr);
  EXPECT_TRUE(now()->team_members.empty());
  now()->people.for_each(
      [&](UserId, const Box<Person>& each) { EXPECT_TRUE(each->teams.empty()); });
  EXPECT_EQ(largest_event(first), limits::kPiecePeople);
}

TEST_F(InPiecesTest, WhoIsPinnedByManyIsErasedWhenAllHaveUnpinnedThem) {
  import(kMany);
  const UserId gone = running.person("gone");
  running.must(Product{}, ToMany{[&](Draft& draft, const Context&) {
                 const auto people = draft.now().people;
                 people.for_each([&](UserId user, const Box<Person>& before) {
                   Person after = *before;
                   if (user == gone) {
                     after.active = false;
                   } else {
                     after.pinned = {gone};
                   }
                   put_person(draft, *before, std::move(after));
                 });
               }});
  const std::size_t first = running.feed.publications().size();
  running.must(Operator{}, ErasePerson{.user = gone, .expected_version = {}});
  EXPECT_TRUE(now()->person(gone)->erased);
  EXPECT_TRUE(now()->pinned_by.empty());
  EXPECT_EQ(largest_event(first), limits::kPiecePeople);
}

}  // namespace
}  // namespace pastille
