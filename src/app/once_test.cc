// A key is used once: what is stored holds no secret, and asking again takes the permission again.
#include "app/once.h"

#include "app/invitations.h"
#include "app/modify_person.h"
#include "app/sign_in.h"
#include "app/stage_test.h"

namespace pastille {
namespace {

class AskingOnce : public testing::Test {
 protected:
  Once<CreatePerson> create(const std::string& login) {
    Once<CreatePerson> once{
        .command = {.fields = {.login = login, .display_name = login, .role = kAgentRole}},
        .key = {.key = "k"},
        .write = [](const Organisation&, const CreatePerson::Answer&) {
          return WrittenAnswer{.status = 201, .headers = {}, .body = {}};
        }};
    once.key.fingerprint[0] = static_cast<std::uint8_t>(login.size());
    return once;
  }
  bool answered_before(SessionId by) {
    return std::holds_alternative<AnsweredBefore>(stage.must(create("bo"), by));
  }

  Stage stage;
  SessionId boss = stage.holder_of("boss", {"users.manage"});
  UserId boss_id = stage.now().session(boss)->user;
};

TEST_F(AskingOnce, IsAnsweredBefore) {
  EXPECT_FALSE(answered_before(boss));
  EXPECT_TRUE(answered_before(boss));
  EXPECT_EQ(stage.invalid(create("other"), boss), "Idempotency-Key ");
}

TEST_F(AskingOnce, TakesThePermissionAgain) {
  EXPECT_FALSE(answered_before(boss));
  stage.must(ModifyPerson{.user = boss_id, .patch = {.role = kAgentRole}});
  EXPECT_EQ(stage.refused(create("bo"), boss).permission, Permission::kUsersManage);
}

TEST_F(AskingOnce, DoesNotTellWhoCameAfterARenewal) {
  EXPECT_FALSE(answered_before(boss));
  stage.clock.tick(std::chrono::minutes(1));
  stage.change([&](Draft& draft) {
    Person person = *draft.now().person(boss_id);
    person.sign_in.renewed = Stamp{.at = stage.clock.now().wall, .by = {}};
    draft.change(PersonPut{std::move(person)});
  });
  EXPECT_EQ(stage.refused(create("bo"), boss).problem, Problem::kLoginTaken);
}

}  // namespace
}  // namespace pastille
