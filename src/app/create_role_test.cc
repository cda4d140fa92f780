// Creating, changing and deleting roles.
#include "app/create_role.h"

#include "app/delete_role.h"
#include "app/modify_person.h"
#include "app/modify_role.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

using Texts = std::vector<std::string>;

class Roles : public testing::Test {
 protected:
  RoleId role(const std::string& name, Texts permissions = {}) {
    return stage.must(CreateRole{{.name = name, .permissions = std::move(permissions)}});
  }
  Stage stage;
};

TEST_F(Roles, StartAsAdministratorWithEveryPermissionAndAgentWithNone) {
  EXPECT_EQ(stage.now().role(kAdministratorRole)->permissions, Permissions::all());
  EXPECT_TRUE(stage.now().role(kAgentRole)->permissions.empty());
  for (const RoleId id : {kAdministratorRole, kAgentRole}) {
    EXPECT_EQ(stage.refused(ModifyRole{id, {}, {.name = "Mine"}}).problem, Problem::kBuiltInRole);
    EXPECT_EQ(stage.refused(DeleteRole{id, {}}).problem, Problem::kBuiltInRole);
  }
}

TEST_F(Roles, ActAtOnce) {
  const RoleId id = role("Growing");
  const SessionId session = stage.session(stage.person("ana", id));
  EXPECT_EQ(stage.refused(CreateRole{}, session).problem, Problem::kPermissionMissing);
  stage.must(ModifyRole{id, 1, {.permissions = Texts{"roles.manage"}}});
  EXPECT_EQ(stage.now().role(id)->version, 2U);
  EXPECT_EQ(stage.recorded(), Texts{"role.modify " + to_text(id)});
  stage.must(CreateRole{{.name = "Now", .permissions = Texts{}}}, session);
}

TEST_F(Roles, TakeTheirPermission) {
  const RoleId id = role("Held");
  const SessionId other = stage.holder_of("other", {"users.manage", "teams.manage"});
  EXPECT_EQ(stage.refused(CreateRole{}, other).permission, Permission::kRolesManage);
  EXPECT_EQ(stage.refused(ModifyRole{id, 9, {.name = ""}}, other).permission,
            Permission::kRolesManage);
  EXPECT_EQ(stage.refused(DeleteRole{id, 9}, other).permission, Permission::kRolesManage);
  EXPECT_EQ(stage.refused(DeleteRole{kAgentRole, 9}, other).problem, Problem::kBuiltInRole);
}

TEST_F(Roles, NeedANameAndKnownPermissions) {
  EXPECT_EQ(stage.invalid(CreateRole{}), "/name /permissions ");
  EXPECT_EQ(
      stage.invalid(CreateRole{{.name = std::string(limits::kRoleName + 1, 'x'),
                                .permissions = Texts{"audit.read", "everything", "audit.read"}}}),
      "/name /permissions/1 /permissions/2 ");
  role(std::string(limits::kRoleName, 'x'), {"audit.read"});
  EXPECT_EQ(stage.refused(CreateRole{{.name = "ágent", .permissions = Texts{}}}).problem,
            Problem::kNameTaken);
  const RoleId id = role("Other");
  EXPECT_EQ(stage.refused(ModifyRole{id, 1, {.name = "AGENT"}}).problem, Problem::kNameTaken);
  EXPECT_EQ(stage.refused(ModifyRole{id, 2, {.name = "AGENT"}}).problem, Problem::kStaleVersion);
  EXPECT_EQ(stage.invalid(ModifyRole{id, 2, {.name = ""}}), "/name ");
  stage.must(ModifyRole{id, 1, {.name = "Other"}});
  EXPECT_TRUE(stage.changes().empty());
}

TEST_F(Roles, AreNotDeletedWhileSomebodyHoldsThemAlsoInactive) {
  const RoleId id = role("Held");
  const UserId user = stage.person("ana", id);
  EXPECT_EQ(stage.refused(DeleteRole{id, {}}).problem, Problem::kRoleInUse);
  stage.must(ModifyPerson{user, {}, {.active = false}});
  EXPECT_EQ(stage.refused(DeleteRole{id, {}}).problem, Problem::kRoleInUse);
  stage.must(ModifyPerson{user, {}, {.role = kAgentRole}});
  EXPECT_EQ(stage.refused(DeleteRole{id, 9}).problem, Problem::kStaleVersion);
  stage.must(DeleteRole{id, 1});
  EXPECT_EQ(stage.now().role(id), nullptr);
  EXPECT_EQ(stage.refused(DeleteRole{id, {}}).problem, Problem::kNotFound);
}

TEST_F(Roles, AreAtMost200) {
  while (stage.now().roles.size() < limits::kRoles) {
    role("Role " + std::to_string(stage.now().roles.size()));
  }
  EXPECT_EQ(stage.refused(CreateRole{{.name = "One more", .permissions = Texts{}}}).problem,
            Problem::kLimitReached);
}

}  // namespace
}  // namespace pastille
