#include "app/fold_anew.h"

#include "app/create_team.h"
#include "app/running_test.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

// As an earlier version folded: every mark was removed.
void fold_as_before(Stage& stage, StatusId id, const std::string& folded) {
  stage.change([&](Draft& draft) {
    Status status = *draft.now().status(id);
    status.fields.name.folded = folded;
    draft.change(StatusPut{std::move(status)});
  });
}

TEST(FoldingAnew, LetsNamesBeWhichOlderFoldsTookForTheSame) {
  Stage stage;
  const StatusId bus = stage.status("バス");
  fold_as_before(stage, bus, "ハス");
  EXPECT_EQ(
      stage.refused(CreateStatus{.fields = {.name = "ハス", .type = StatusType::kBusy}}).problem,
      Problem::kNameTaken);
  EXPECT_TRUE(stage.must(FoldNamesAnew{}));
  const Status& folded = *stage.now().status(bus);
  EXPECT_EQ(folded.fields.name.folded, "バス");
  EXPECT_EQ(folded.version, 1U);
  EXPECT_TRUE(stage.made<StatusHistoryAdded>().empty());
  stage.status("ハス");
  EXPECT_FALSE(stage.must(FoldNamesAnew{}));
}

TEST(FoldingAnew, FoldsLoginsTeamsTranslationsAndTags) {
  Stage stage;
  const UserId user = stage.person("Мой");
  const TeamId team = stage.must(CreateTeam{.name = "Мой"});
  const StatusId status = stage.status("Lunch");
  stage.change([&](Draft& draft) {
    Person person = *draft.now().person(user);
    person.login.folded = person.display_name.folded = "мои";
    draft.change(PersonPut{std::move(person)});
    draft.change(TeamPut{Team{.id = team, .name = {.text = "Мой", .folded = "мои"}}});
    Status lunch = *draft.now().status(status);
    lunch.fields.names["ru"] = {.text = "Мой", .folded = "мои"};
    lunch.fields.tags = {{.text = "Мой", .folded = "мои"}};
    draft.change(StatusPut{std::move(lunch)});
  });
  EXPECT_TRUE(stage.must(FoldNamesAnew{}));
  EXPECT_FALSE(stage.must(FoldPeopleAnew{.from = 0, .up_to = user.number}));
  EXPECT_TRUE(stage.must(FoldPeopleAnew{.from = user.number, .up_to = user.number + 1}));
  EXPECT_EQ(stage.now().person(user)->login.folded, "мой");
  EXPECT_EQ(stage.now().person(user)->display_name.folded, "мой");
  EXPECT_NE(stage.now().logins.find("мой"), nullptr);
  EXPECT_EQ(stage.now().logins.find("мои"), nullptr);
  EXPECT_EQ(stage.now().team(team)->name.folded, "мой");
  EXPECT_EQ(stage.now().status(status)->fields.names.at("ru").folded, "мой");
  EXPECT_EQ(stage.now().status(status)->fields.tags.at(0).folded, "мой");
  EXPECT_TRUE(names_that_are_the_same(stage.now()).empty());
}

TEST(FoldingAnew, KeepsNamesApartThatAreTheSameByNowAndSaysSo) {
  Stage stage;
  const StatusId first = stage.status("Κώστας");
  const StatusId second = stage.status("other");
  stage.change([&](Draft& draft) {
    Status status = *draft.now().status(second);
    status.fields.name = {.text = "ΚΩΣΤΑΣ", .folded = "κωστας"};
    draft.change(StatusPut{std::move(status)});
  });
  EXPECT_TRUE(stage.must(FoldNamesAnew{}));
  EXPECT_EQ(*stage.now().status_names.find("κωστασ"), first);
  EXPECT_EQ(stage.now().live_statuses, 7U);
  EXPECT_EQ(names_that_are_the_same(stage.now()),
            std::vector<std::string>{"The name of " + to_text(second) +
                                     ", \"ΚΩΣΤΑΣ\", is the same as another's by now. Rename one of "
                                     "them."});
  EXPECT_FALSE(stage.must(FoldNamesAnew{}));
}

TEST(FoldingAnew, TakesABlankSymbolForTheSpaceThatItLooksLike) {
  Stage stage;
  const StatusId first = stage.status("Lunch");
  const StatusId second = stage.status("other");
  stage.change([&](Draft& draft) {
    Status status = *draft.now().status(second);
    status.fields.name = {.text = "Lunch\u2800", .folded = "lunch\u2800"};
    draft.change(StatusPut{std::move(status)});
  });
  EXPECT_TRUE(stage.must(FoldNamesAnew{}));
  EXPECT_EQ(*stage.now().status_names.find("lunch"), first);
  EXPECT_EQ(names_that_are_the_same(stage.now()).size(), 1U);
}

TEST(FoldingAnew, IsDoneAtStartWhereAnotherVersionFolded) {
  Running running;
  EXPECT_EQ(running.store.folding_version(), running.unicode.folding_version());
  const UserId user = running.person("Мой");
  running.stop();
  Organisation state = running.store.load();
  Person person = *state.person(user);
  person.login.folded = "мои";
  Batch batch{.id = {7}, .expected_seq = state.seq, .events = {}};
  batch.events.push_back(
      Event{.seq = state.seq + 1, .at = running.clock.now().wall, .changes = {PersonPut{person}}});
  ASSERT_TRUE(std::holds_alternative<Committed>(running.store.commit(batch)));

  running.start();
  EXPECT_EQ(running.workspace->snapshot()->person(user)->login.folded, "мои");  // of this version
  running.stop();
  running.store.note_folding_version("");
  running.start();
  EXPECT_EQ(running.workspace->snapshot()->person(user)->login.folded, "мой");
  EXPECT_EQ(running.store.load().person(user)->login.folded, "мой");
  EXPECT_EQ(running.store.folding_version(), running.unicode.folding_version());
}

TEST(FoldingAnew, GoesThroughEverybodyInPieces) {
  Running running;
  running.stop();
  const std::uint64_t seq = running.store.load().seq;
  Event event{.seq = seq + 1, .at = running.clock.now().wall, .changes = {}};
  for (std::uint64_t number = 1; number <= limits::kPeopleFoldedAtOnce + 1; ++number) {
    Person person;
    person.id = UserId{number};
    person.login = {.text = "й" + std::to_string(number), .folded = "и" + std::to_string(number)};
    person.display_name = {.text = "Ana", .folded = "ana"};
    person.role = kAgentRole;
    event.changes.emplace_back(PersonPut{std::move(person)});
  }
  Batch batch{.id = {7}, .expected_seq = seq, .events = {}};
  batch.events.push_back(std::move(event));
  ASSERT_TRUE(std::holds_alternative<Committed>(running.store.commit(batch)));
  running.store.note_folding_version("another");
  running.start();
  const auto state = running.workspace->snapshot();
  EXPECT_EQ(state->seq, seq + 3);  // one for each piece
  state->people.for_each([](UserId id, const Box<Person>& person) {
    EXPECT_EQ(person->login.folded, "й" + std::to_string(id.number));
  });
}

}  // namespace
}  // namespace pastille
