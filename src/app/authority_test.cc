#include "app/authority.h"

#include "app/create_person.h"
#include "app/create_role.h"
#include "app/delete_role.h"
#include "app/end_sessions_of.h"
#include "app/erase_person.h"
#include "app/invitations.h"
#include "app/modify_person.h"
#include "app/modify_role.h"
#include "app/password.h"
#include "app/stage_test.h"

namespace pastille {
namespace {

using Texts = std::vector<std::string>;

class Authority : public testing::Test {
 protected:
  template <class Command>
  std::optional<Permission> lacks(const Command& command, SessionId who) {
    const Refusal refusal = stage.refused(command, who);
    EXPECT_EQ(refusal.problem, Problem::kPermissionMissing);
    return refusal.permission;
  }

  Stage stage;
  UserId administrator = stage.person("admin", kAdministratorRole);
  UserId agent = stage.person("ana");
  SessionId supervisor = stage.holder_of("supervisor", {"users.manage"});
  SessionId role_keeper = stage.holder_of("keeper", {"roles.manage", "audit.read"});
};

TEST_F(Authority, OverAPersonTakesWhatTheirRoleHolds) {
  const auto first = Permission::kStatusesCreate;  // the first that an administrator holds more
  EXPECT_EQ(lacks(ModifyPerson{administrator, {}, {.login = "mine"}}, supervisor), first);
  EXPECT_EQ(lacks(InvitePerson{administrator, {}}, supervisor), first);
  EXPECT_EQ(lacks(SetPassword{.user = administrator, .new_hash = "h"}, supervisor), first);
  EXPECT_EQ(lacks(EndSessionsOf{administrator}, supervisor), first);
  EXPECT_EQ(lacks(ErasePerson{administrator, {}}, supervisor), first);
  stage.must(ModifyPerson{agent, {}, {.login = "ana2"}}, supervisor);
  stage.must(InvitePerson{agent, {}}, supervisor);
  stage.must(EndSessionsOf{agent}, supervisor);
}

TEST_F(Authority, WhoManagesNobodyCannotTellWhoHasLeftFromWhoNeverWas) {
  stage.must(ModifyPerson{agent, {}, {.active = false}});
  for (const UserId user : {agent, UserId{9'999}}) {
    const auto refused = [&](const auto& command) {
      const Refusal refusal = stage.refused(command, role_keeper);
      EXPECT_EQ(refusal.problem, Problem::kNotFound);
      EXPECT_EQ(refusal.detail, "There is no such person.");
    };
    refused(ModifyPerson{user, {}, {.login = "mine"}});
    refused(InvitePerson{user, {}});
    refused(EndSessionsOf{user});
    refused(ErasePerson{user, {}});
  }
  stage.must(ModifyPerson{agent, {}, {.login = "ana2"}}, supervisor);
}

TEST_F(Authority, NobodyGivesARoleThatHoldsMoreThanTheirs) {
  const PersonPatch chief{.login = "boss", .display_name = "Boss", .role = kAdministratorRole};
  EXPECT_EQ(lacks(CreatePerson{.fields = chief}, supervisor), Permission::kStatusesCreate);
  EXPECT_EQ(lacks(ModifyPerson{agent, {}, {.role = kAdministratorRole}}, supervisor),
            Permission::kStatusesCreate);
  stage.must(CreatePerson{.fields = {.login = "bo", .display_name = "Bo", .role = kAgentRole}},
             supervisor);
}

TEST_F(Authority, NobodyMakesARoleThatHoldsMoreThanTheirs) {
  EXPECT_EQ(lacks(CreateRole{{.name = "All", .permissions = Texts{"users.manage"}}}, role_keeper),
            Permission::kUsersManage);
  const RoleId own =
      stage.must(CreateRole{{.name = "Auditor", .permissions = Texts{"audit.read"}}}, role_keeper);
  EXPECT_EQ(lacks(ModifyRole{own, {}, {.permissions = Texts{"teams.manage"}}}, role_keeper),
            Permission::kTeamsManage);
  const RoleId greater =
      stage.must(CreateRole{{.name = "Chief", .permissions = Texts{"users.manage"}}});
  EXPECT_EQ(lacks(ModifyRole{greater, {}, {.name = "Mine"}}, role_keeper),
            Permission::kUsersManage);
  EXPECT_EQ(lacks(DeleteRole{greater, {}}, role_keeper), Permission::kUsersManage);
  stage.must(DeleteRole{own, {}}, role_keeper);
}

}  // namespace
}  // namespace pastille
