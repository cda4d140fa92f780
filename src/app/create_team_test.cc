// Creating, renaming and deleting teams.
#include "app/create_team.h"

#include "app/delete_team.h"
#include "app/modify_team.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

class Teams : public testing::Test {
 protected:
  TeamId team(const std::string& name) { return stage.must(CreateTeam{name}); }
  Stage stage;
};

TEST_F(Teams, AreCreatedRenamedAndRecorded) {
  const SessionId manager = stage.holder_of("manager", {"teams.manage"});
  const TeamId id = stage.must(CreateTeam{" North "}, manager);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"team.create " + to_text(id)});
  EXPECT_EQ(stage.now().team(id)->name.text, "North");
  stage.must(ModifyTeam{id, 1, "NORTH"}, manager);
  EXPECT_EQ(stage.now().team(id)->version, 2U);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"team.modify " + to_text(id)});
  stage.must(ModifyTeam{id, 2, "NORTH"}, manager);
  EXPECT_TRUE(stage.changes().empty());
}

TEST_F(Teams, TakeTheirPermission) {
  const TeamId id = team("North");
  const SessionId other = stage.holder_of("other", {"users.manage", "roles.manage"});
  EXPECT_EQ(stage.refused(CreateTeam{""}, other).permission, Permission::kTeamsManage);
  EXPECT_EQ(stage.refused(ModifyTeam{id, 9, ""}, other).permission, Permission::kTeamsManage);
  EXPECT_EQ(stage.refused(DeleteTeam{id, 9}, other).permission, Permission::kTeamsManage);
}

TEST_F(Teams, HaveUniqueNamesOfOneTo60Characters) {
  EXPECT_EQ(stage.invalid(CreateTeam{}), "/name ");
  EXPECT_EQ(stage.invalid(CreateTeam{" "}), "/name ");
  EXPECT_EQ(stage.invalid(CreateTeam{std::string(limits::kTeamName + 1, 'x')}), "/name ");
  const TeamId id = team(std::string(limits::kTeamName, 'x'));
  EXPECT_EQ(stage.refused(CreateTeam{std::string(limits::kTeamName, 'X')}).problem,
            Problem::kNameTaken);
  const TeamId other = team("Süd");
  EXPECT_EQ(stage.refused(ModifyTeam{id, 1, "SUD"}).problem, Problem::kNameTaken);
  EXPECT_EQ(stage.refused(ModifyTeam{id, 7, "SUD"}).problem, Problem::kStaleVersion);
  EXPECT_EQ(std::get<TeamId>(stage.refused(ModifyTeam{other, 7, "x"}).current), other);
  EXPECT_EQ(stage.refused(ModifyTeam{TeamId{999}, {}, ""}).problem, Problem::kNotFound);
}

TEST_F(Teams, LeaveTheirMembersWhenTheyAreDeleted) {
  const TeamId north = team("North");
  const TeamId south = team("South");
  const UserId user = stage
                          .must(CreatePerson{{.login = "ana",
                                              .display_name = "Ana",
                                              .role = kAgentRole,
                                              .teams = std::vector{south, north}}})
                          .user;
  EXPECT_EQ(stage.refused(DeleteTeam{north, 9}).problem, Problem::kStaleVersion);
  stage.must(DeleteTeam{north, 1});
  EXPECT_EQ(stage.now().team(north), nullptr);
  EXPECT_EQ(stage.now().person(user)->teams, std::vector{south});
  EXPECT_EQ(stage.now().person(user)->rev, stage.now().seq);
  EXPECT_EQ(stage.now().person(user)->version, 2U);
  EXPECT_EQ(stage.refused(DeleteTeam{north, {}}).problem, Problem::kNotFound);
  EXPECT_NE(team("north"), north);  // ids are never used again
}

TEST_F(Teams, AreAtMost2000) {
  for (std::size_t i = 0; i < limits::kTeams; ++i) team("Team " + std::to_string(i));
  EXPECT_EQ(stage.refused(CreateTeam{"One more"}).problem, Problem::kLimitReached);
}

}  // namespace
}  // namespace pastille
