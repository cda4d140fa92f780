#include "app/modify_person.h"

#include "app/create_team.h"
#include "app/invitations.h"
#include "app/stage_test.h"

namespace pastille {
namespace {

class ChangingAPerson : public testing::Test {
 protected:
  const Person& ana() const { return *stage.now().person(id); }

  Stage stage;
  UserId administrator = stage.person("admin", kAdministratorRole);
  UserId id = stage.person("ana");
};

TEST_F(ChangingAPerson, MovesTheVersionAndWhatTheDirectoryShows) {
  const TeamId team = stage.must(CreateTeam{"North"});
  stage.must(ModifyPerson{
      id, 1, {.login = "ana2", .display_name = "Ana Roux", .teams = std::vector{team}}});
  EXPECT_EQ(ana().login.text, "ana2");
  EXPECT_EQ(ana().version, 2U);
  EXPECT_EQ(ana().rev, stage.now().seq);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.modify " + to_text(id)});
  EXPECT_FALSE(stage.now().logins.contains(std::string("ana")));
  const std::uint64_t rev = ana().rev;
  stage.must(ModifyPerson{id, 2, {.locale = "fr", .time_zone = "Asia/Tokyo"}});
  EXPECT_EQ(ana().version, 3U);
  EXPECT_EQ(ana().rev, rev);  // nothing that others see
}

TEST_F(ChangingAPerson, ThatChangesNothingKeepsTheVersion) {
  stage.must(ModifyPerson{id, 1, {.login = "ana", .active = true}});
  EXPECT_TRUE(stage.changes().empty());
}

TEST_F(ChangingAPerson, RefusesInTheOrderOfTheContract) {
  const SessionId other = stage.holder_of("other", {"roles.manage"});
  EXPECT_EQ(stage.refused(ModifyPerson{UserId{999}, 9, {}}, other).problem, Problem::kNotFound);
  EXPECT_EQ(stage.refused(ModifyPerson{id, 9, {.login = ""}}, other).permission,
            Permission::kUsersManage);
  EXPECT_EQ(stage.invalid(ModifyPerson{id, 9, {.login = ""}}), "/login ");
  EXPECT_EQ(stage.refused(ModifyPerson{id, 9, {.login = "ADMIN"}}).problem, Problem::kStaleVersion);
  EXPECT_EQ(stage.refused(ModifyPerson{id, 1, {.login = "ADMIN"}}).problem, Problem::kLoginTaken);
}

TEST_F(ChangingAPerson, KeepsTheLastActiveAdministrator) {
  const auto problem = [&](const PersonPatch& patch) {
    return stage.refused(ModifyPerson{administrator, {}, patch}).problem;
  };
  EXPECT_EQ(problem({.active = false}), Problem::kLastAdministrator);
  EXPECT_EQ(problem({.role = kAgentRole}), Problem::kLastAdministrator);
  stage.must(ModifyPerson{id, {}, {.role = kAdministratorRole}});
  stage.must(ModifyPerson{administrator, {}, {.active = false}});
  EXPECT_EQ(stage.now().active_administrators, 1U);
  EXPECT_EQ(stage.refused(ModifyPerson{id, {}, {.role = kAgentRole}}).problem,
            Problem::kLastAdministrator);
  // An inactive one does not count and may be demoted.
  stage.must(ModifyPerson{administrator, {}, {.role = kAgentRole}});
}

TEST_F(ChangingAPerson, WhoIsMadeInactiveIsSignedOutEverywhereAndOfflineAtOnce) {
  const SessionId session = stage.session(id);
  stage.session(id);
  stage.arrives(
      id, session,
      {.status = system_status(StatusType::kBusy), .type = StatusType::kBusy, .note = "note"});
  stage.must(InvitePerson{.user = id});
  stage.change([&](Draft& draft) {
    draft.change(TokenPut{Token{.id = TokenId{1},
                                .user = id,
                                .expires_at = stage.clock.now().wall + std::chrono::years(1)}});
  });
  stage.must(ModifyPerson{id, {}, {.active = false}});
  EXPECT_TRUE(stage.now().sessions.empty());
  EXPECT_TRUE(stage.now().tokens.empty());
  EXPECT_TRUE(stage.now().invitations.empty());
  EXPECT_TRUE(stage.now().presence(id)->entry.offline());
  EXPECT_FALSE(stage.now().presence(id)->signed_in());
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.disable " + to_text(id)});
  EXPECT_EQ(ana().rev, stage.now().seq);
  stage.must(ModifyPerson{id, {}, {.active = true}});
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.enable " + to_text(id)});
}

}  // namespace
}  // namespace pastille
