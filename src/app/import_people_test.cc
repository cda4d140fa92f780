#include "app/import_people.h"

#include "app/create_team.h"
#include "app/stage_test.h"

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
  EXPECT_EQ(yves.locale, "en");
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
            "line 7, teams line 7, time_zone ");
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

}  // namespace
}  // namespace pastille
