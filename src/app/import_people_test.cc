#include "app/import_people.h"

#include "app/create_team.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

using Row = ImportPeople::Row;

class ImportingPeople : public testing::Test {
 protected:
  std::vector<Row> two() const {
    return {{.line = 2,
             .login = "zoe",
             .display_name = "Zoé",
             .role = "agent",
             .teams = {"North", "South", "north"},
             .locale = "fr",
             .time_zone = "Europe/Paris"},
            {.line = 3, .login = "yves", .display_name = "Yves", .role = "Administrator"}};
  }
  Stage stage;
};

TEST_F(ImportingPeople, AddsThemWithRolesByNameAndMakesTheTeamsThatAreMissing) {
  const TeamId north = stage.must(CreateTeam{"North"});
  const auto answer = stage.must(ImportPeople{two()});
  ASSERT_EQ(answer.people.size(), 2U);
  EXPECT_EQ(answer.teams_made, 1U);
  const Person& zoe = *stage.now().person(answer.people[0]);
  EXPECT_EQ(zoe.role, kAgentRole);
  EXPECT_EQ(zoe.teams.size(), 2U);
  EXPECT_EQ(zoe.teams[0], north);
  EXPECT_EQ(zoe.locale, "fr");
  const Person& yves = *stage.now().person(answer.people[1]);
  EXPECT_EQ(yves.role, kAdministratorRole);
  EXPECT_EQ(yves.locale, "");
  EXPECT_EQ(stage.recorded().size(), 3U);
}

TEST_F(ImportingPeople, NamesTheLineOfEverythingWrongAndChangesNothing) {
  stage.person("taken");
  std::vector<Row> rows = two();
  rows.push_back({.line = 4, .login = "a b", .display_name = "", .role = "Emperor"});
  rows.push_back({.line = 5, .login = "TAKEN", .display_name = "T", .role = "Agent"});
  rows.push_back({.line = 6, .login = "Zoé", .display_name = "T", .role = "Agent"});
  rows.push_back({.line = 7,
                  .login = "fine",
                  .display_name = "Fine",
                  .role = "Agent",
                  .teams = {std::string(61, 'x')},
                  .time_zone = "Nowhere"});
  EXPECT_EQ(stage.invalid(ImportPeople{rows}),
            "line 4, role line 4, login line 4, display_name line 5, login line 6, login "
            "line 7, time_zone line 7, teams ");
  EXPECT_EQ(stage.now().people.size(), 1U);
  EXPECT_TRUE(stage.now().teams.empty());
}

TEST_F(ImportingPeople, InADryRunSaysWhatItWouldDo) {
  const auto answer = stage.must(ImportPeople{.rows = two(), .dry_run = true});
  EXPECT_EQ(answer.people.size(), 2U);
  EXPECT_EQ(answer.teams_made, 2U);
  EXPECT_TRUE(stage.changes().empty());
  EXPECT_TRUE(stage.now().people.empty());
}

TEST_F(ImportingPeople, TakesThePermissionsOfWhatItDoes) {
  const SessionId manager = stage.holder_of("manager", {"users.manage"});
  EXPECT_EQ(
      stage.invalid(ImportPeople{two()}, manager),
      "line 2, teams line 2, teams line 2, teams line 3, role ");  // no teams; no administrator
  EXPECT_EQ(stage.refused(ImportPeople{}, stage.holder_of("other", {"teams.manage"})).permission,
            Permission::kUsersManage);
}

TEST_F(ImportingPeople, SaysWhichRolesTeamsLanguagesAndZonesThereAre) {
  stage.must(CreateTeam{"North"});
  const SessionId manager = stage.holder_of("manager", {"users.manage"});
  const ImportPeople command{{{.line = 2,
                               .login = "zoe",
                               .display_name = "Z",
                               .role = "\x1b[2JEmperor",
                               .teams = {"Moon"},
                               .locale = "Deutsch",
                               .time_zone = "Mars"}}};
  const Refusal refusal = stage.refused(command, manager);
  ASSERT_EQ(refusal.errors.size(), 4U);
  EXPECT_EQ(refusal.errors[0].detail,
            "There is no role \"\xef\xbf\xbd[2JEmperor\". There are: Administrator, Agent, "
            "Role of manager.");
  EXPECT_NE(refusal.errors[1].detail.find("\"Deutsch\""), std::string::npos);
  EXPECT_NE(refusal.errors[2].detail.find("\"Mars\""), std::string::npos);
  EXPECT_NE(refusal.errors[3].detail.find("There are: North."), std::string::npos);
}

TEST_F(ImportingPeople, OfMillionsOfFaultsKeepsTheFirstAndCountsAll) {
  for (std::size_t i = 0; i < 2 * limits::kColumnsNamed; ++i) {
    stage.must(CreateTeam{"Team " + std::to_string(i)});
  }
  const SessionId manager = stage.holder_of("manager", {"users.manage"});
  constexpr std::size_t kNames = limits::kImportCell / 2;  // "a;a;a" in one cell
  ImportPeople command{.rows = {}, .dry_run = true};
  for (std::size_t line = 2; line < 2 + limits::kImportBytes / limits::kImportCell; ++line) {
    command.rows.push_back({.line = line,
                            .login = "p" + std::to_string(line),
                            .display_name = "P",
                            .role = "Agent",
                            .teams = std::vector<std::string>(kNames, "a")});
  }
  const Refusal refusal = stage.refused(command, manager);
  EXPECT_EQ(refusal.errors.size(), limits::kImportFaultsTold);
  EXPECT_EQ(refusal.errors.size() + refusal.errors_untold, command.rows.size() * kNames);
  std::size_t kept = 0;  // bytes
  for (const FieldError& each : refusal.errors) {
    kept += each.pointer.size() + each.detail.size();
    for (const auto& [name, value] : each.params) kept += name.size() + value.size();
  }
  EXPECT_LT(kept, limits::kImportFaultsTold * 1000);
  EXPECT_NE(refusal.errors[0].detail.find("Team 19 and 20 more."), std::string::npos)
      << refusal.errors[0].detail;
}

TEST_F(ImportingPeople, TakesLanguagesAndZonesAsOtherSystemsWriteThem) {
  const auto answer = stage.must(ImportPeople{{{.line = 2,
                                                .login = "zoe",
                                                .display_name = "Z",
                                                .role = "Agent",
                                                .locale = "fr_FR",
                                                .time_zone = "europe/paris"},
                                               {.line = 3,
                                                .login = "yan",
                                                .display_name = "Y",
                                                .role = "Agent",
                                                .locale = "de_DE.UTF-8",
                                                .time_zone = "W. Europe Standard Time"}}});
  const Person& zoe = *stage.now().person(answer.people[0]);
  EXPECT_EQ(zoe.locale + " " + zoe.time_zone, "fr-FR Europe/Paris");
  const Person& yan = *stage.now().person(answer.people[1]);
  EXPECT_EQ(yan.locale + " " + yan.time_zone, "de-DE Europe/Berlin");
  for (const char* wrong : {"English", "Deutsch", "xx", "français"}) {
    EXPECT_EQ(
        stage.invalid(ImportPeople{
            {{.line = 2, .login = "w", .display_name = "W", .role = "Agent", .locale = wrong}}}),
        "line 2, locale ")
        << wrong;
  }
}

TEST_F(ImportingPeople, NamesBothLinesOfALoginThatIsThereTwice) {
  const Refusal refusal = stage.refused(
      ImportPeople{{{.line = 2, .login = "zoe", .display_name = "Z", .role = "Agent"},
                    {.line = 7, .login = "ZOÉ", .display_name = "Z", .role = "Agent"}}});
  ASSERT_EQ(refusal.errors.size(), 1U);
  EXPECT_EQ(refusal.errors[0].pointer, "line 7, login");
  EXPECT_EQ(refusal.errors[0].detail, "\"ZOÉ\" is in line 2 already.");
}

TEST_F(ImportingPeople, AnUpdateChangesWhoIsThereAndAddsOthers) {
  stage.must(ImportPeople{two()});
  std::vector<Row> rows = two();
  rows[0].display_name = "Zoé Roy";
  rows[0].teams = {"South", "Night"};
  rows[1].login = "YVES";
  rows.push_back({.line = 4, .login = "new", .display_name = "New", .role = "Agent"});
  const ImportPeople update{.rows = rows, .mode = ImportPeople::Mode::kUpdate};
  const auto answer = stage.must(update);
  ASSERT_EQ(answer.steps.size(), 3U);
  ASSERT_EQ(answer.steps[0].changes.size(), 2U);
  EXPECT_EQ(answer.steps[0].changes[0].field, "display_name");
  EXPECT_EQ(answer.steps[0].changes[1].before, R"(["North","South"])");
  EXPECT_EQ(answer.steps[0].changes[1].after, R"(["South","Night"])");
  EXPECT_TRUE(answer.steps[1].changes.empty());
  EXPECT_TRUE(answer.steps[2].created);
  EXPECT_EQ(answer.new_teams, std::vector<std::string>{"Night"});
  for (const ImportPeople::Step& each : stage.must(update).steps) {
    EXPECT_FALSE(each.created);
    EXPECT_TRUE(each.changes.empty()) << "the same again changes nothing";
  }
}

TEST_F(ImportingPeople, AnUpdateLeavesWhatTheFileDoesNotSay) {
  const UserId zoe = stage.must(ImportPeople{two()}).people[0];
  const Person before = *stage.now().person(zoe);
  stage.must(ImportPeople{
      .rows = {{.line = 2, .login = "zoe", .display_name = "", .role = "", .teams_given = false}},
      .mode = ImportPeople::Mode::kUpdate});
  EXPECT_EQ(*stage.now().person(zoe), before);
  stage.must(ImportPeople{.rows = {{.line = 2, .login = "zoe", .display_name = "", .role = ""}},
                          .mode = ImportPeople::Mode::kUpdate});
  EXPECT_TRUE(stage.now().person(zoe)->teams.empty()) << "an empty cell is no team";
}

TEST_F(ImportingPeople, TakesWhoHasLeftAsSuchAndBringsThemBack) {
  std::vector<Row> rows = two();
  rows[0].active = false;
  rows[0].invitation_secret = SecretHash{};
  const auto answer = stage.must(ImportPeople{rows});
  EXPECT_FALSE(stage.now().person(answer.people[0])->active);
  EXPECT_FALSE(answer.steps[0].invited);
  EXPECT_EQ(stage.now().invitations.size(), 0U);
  rows[0].active = true;
  const auto back = stage.must(ImportPeople{.rows = rows, .mode = ImportPeople::Mode::kUpdate});
  EXPECT_EQ(back.steps[0].changes.front().field, "active");
  EXPECT_TRUE(stage.now().person(answer.people[0])->active);
}

TEST_F(ImportingPeople, InvitesAgainOnlyWhoHasNeverSignedIn) {
  std::vector<Row> rows = two();
  stage.must(ImportPeople{rows});
  for (Row& row : rows) row.invitation_secret = SecretHash{static_cast<std::uint8_t>(row.line)};
  const ImportPeople update{.rows = rows, .mode = ImportPeople::Mode::kUpdate};
  EXPECT_FALSE(stage.must(update).steps[0].invited) << "nobody asked for it";
  ImportPeople again = update;
  again.invite_again = true;
  EXPECT_TRUE(stage.must(again).steps[0].invited);
  EXPECT_EQ(stage.now().invitations.size(), 2U);
  // One signed in at a provider to which nothing ties them any more: a link would be a renewal.
  const UserId came = *stage.now().logins.find(rows[0].login);
  stage.change([&](Draft& draft) {
    Person person = *draft.now().person(came);
    person.sign_in.first_at = stage.clock.now().wall;
    draft.change(PersonPut{person});
  });
  for (Row& row : again.rows) ++(*row.invitation_secret)[1];
  const auto answer = stage.must(again);
  EXPECT_FALSE(answer.steps[0].invited);
  EXPECT_TRUE(answer.steps[1].invited);
}

}  // namespace
}  // namespace pastille
