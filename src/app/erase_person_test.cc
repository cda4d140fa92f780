// Erasing people who left, and signing people out everywhere.
#include "app/erase_person.h"

#include "app/change_own_profile.h"
#include "app/end_sessions_of.h"
#include "app/modify_person.h"
#include "app/stage_test.h"

namespace pastille {
namespace {

class ErasingAPerson : public testing::Test {
 protected:
  void leave() { stage.must(ModifyPerson{ana, {}, {.active = false}}); }

  Stage stage;
  UserId ana = stage.person("ana");
};

TEST_F(ErasingAPerson, LeavesTheIdAndNothingElse) {
  const UserId bo = stage.person("bo");
  stage.must(ChangeOwnProfile{{}, {.pinned = std::vector{ana}}}, stage.session(bo));
  stage.change([&](Draft& draft) {
    show(draft, ana,
         choose(*draft.now().presence(ana),
                {.status = system_status(StatusType::kBusy),
                 .type = StatusType::kBusy,
                 .note = "a secret"},
                stage.clock.now().wall),
         stage.context());
  });
  leave();
  const std::size_t offline = stage.now().shown_by(system_status(StatusType::kOffline));
  stage.must(ErasePerson{ana, {}});
  const Person& left = *stage.now().person(ana);
  EXPECT_TRUE(left.erased);
  EXPECT_FALSE(left.active);
  EXPECT_EQ(left.login.text + left.display_name.text + left.password_hash, "");
  EXPECT_TRUE(left.teams.empty());
  EXPECT_EQ(left.rev, stage.now().seq);
  EXPECT_EQ(stage.now().shown_by(system_status(StatusType::kOffline)), offline - 1);
  EXPECT_FALSE(stage.now().presence(ana)->pending);
  EXPECT_EQ(stage.now().presence(ana)->entry.rev, stage.now().seq);
  EXPECT_EQ(stage.made<OwnHistoryErased>().size(), 1U);
  EXPECT_TRUE(stage.now().person(bo)->pinned.empty());
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.erase " + to_text(ana)});
  EXPECT_NE(stage.person("ana"), ana);  // the login is free, the id is not
}

TEST_F(ErasingAPerson, TakesOneWhoLeft) {
  EXPECT_EQ(stage.invalid(ErasePerson{ana, 9}), "/active ");
  leave();
  EXPECT_EQ(stage.refused(ErasePerson{ana, 9}).problem, Problem::kStaleVersion);
  stage.must(ErasePerson{ana, 2});
  EXPECT_EQ(stage.refused(ErasePerson{ana, {}}).problem, Problem::kNotFound);
  EXPECT_EQ(stage.refused(ModifyPerson{ana, {}, {.active = true}}).problem, Problem::kNotFound);
}

TEST_F(ErasingAPerson, TakesItsPermission) {
  const SessionId other = stage.holder_of("other", {"roles.manage"});
  EXPECT_EQ(stage.refused(ErasePerson{ana, 9}, other).permission, Permission::kUsersManage);
  EXPECT_EQ(stage.refused(EndSessionsOf{ana}, other).permission, Permission::kUsersManage);
}

TEST(SigningOutEverywhere, EndsSessionsAndPresenceAndChoosesNoStatus) {
  Stage stage;
  const UserId ana = stage.person("ana");
  stage.arrives(ana, stage.session(ana),
                {.status = system_status(StatusType::kBusy), .type = StatusType::kBusy});
  const StatusId chosen = stage.now().presence(ana)->last_chosen;
  stage.must(EndSessionsOf{ana});
  EXPECT_TRUE(stage.now().sessions.empty());
  const Presence& presence = *stage.now().presence(ana);
  EXPECT_TRUE(presence.entry.offline());
  EXPECT_FALSE(presence.signed_in());
  EXPECT_EQ(presence.last_chosen, chosen);
  EXPECT_FALSE(presence.pending);
  EXPECT_TRUE(stage.now().person(ana)->active);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.sign-out " + to_text(ana)});
  EXPECT_EQ(stage.refused(EndSessionsOf{UserId{999}}).problem, Problem::kNotFound);
}

}  // namespace
}  // namespace pastille
