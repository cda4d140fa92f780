#include "app/change_own_profile.h"

#include "app/modify_person.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

class ChangingOnesOwnProfile : public testing::Test {
 protected:
  const Person& me() const { return *stage.now().person(ana); }
  void change(const PersonPatch& patch) { stage.must(ChangeOwnProfile{{}, patch}, session); }
  std::string invalid(const PersonPatch& patch) {
    return stage.invalid(ChangeOwnProfile{{}, patch}, session);
  }

  Stage stage;
  UserId ana = stage.person("ana");
  UserId bo = stage.person("bo");
  SessionId session = stage.session(ana);
};

TEST_F(ChangingOnesOwnProfile, ChangesWhatIsOnesOwn) {
  change({.display_name = " Ana Berg ",
          .locale = "de",
          .time_zone = "Europe/Berlin",
          .status_at_sign_in = StatusAtSignIn::kLast,
          .pinned = std::vector{bo}});
  EXPECT_EQ(me().display_name.text, "Ana Berg");
  EXPECT_EQ(me().locale, "de");
  EXPECT_EQ(me().status_at_sign_in, StatusAtSignIn::kLast);
  EXPECT_EQ(me().pinned, std::vector{bo});
  EXPECT_EQ(me().version, 2U);
  EXPECT_EQ(me().own_version, 2U);
  EXPECT_EQ(me().rev, stage.now().directory_version);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.modify " + to_text(ana)});
  change({.locale = "sv", .pinned = std::vector<UserId>()});
  EXPECT_TRUE(stage.recorded().empty());
  change({.locale = "de", .pinned = std::vector{bo}});
  change({.locale = "de", .pinned = std::vector{bo}});
  EXPECT_TRUE(stage.changes().empty());
}

TEST_F(ChangingOnesOwnProfile, MovesTheVersionOfAdministratorsOnlyWithWhatTheySee) {
  change({.status_at_sign_in = StatusAtSignIn::kLast, .pinned = std::vector{bo}});
  EXPECT_EQ(me().version, 1U);
  EXPECT_EQ(me().own_version, 2U);
  EXPECT_EQ(stage.refused(ChangeOwnProfile{1, {.locale = "fr"}}, session).problem,
            Problem::kStaleVersion);
  stage.must(ChangeOwnProfile{2, {.locale = "fr"}}, session);
  EXPECT_EQ(me().version, 2U);
}

TEST_F(ChangingOnesOwnProfile, DoesNotTellWhoHasLeftFromWhoNeverWasAndKeepsThemPinned) {
  stage.must(ModifyPerson{bo, {}, {.active = false}});
  EXPECT_EQ(invalid({.pinned = std::vector{bo, UserId{999}}}), "/pinned/0 /pinned/1 ");
  stage.must(ModifyPerson{bo, {}, {.active = true}});
  change({.pinned = std::vector{bo}});
  stage.must(ModifyPerson{bo, {}, {.active = false}});
  const UserId cy = stage.person("cy");
  change({.pinned = std::vector{cy, bo}});
  EXPECT_EQ(me().pinned, (std::vector{cy, bo}));
}

TEST_F(ChangingOnesOwnProfile, LeavesToAdministratorsWhatIsTheirs) {
  change({.login = "root", .role = kAdministratorRole, .active = false});
  EXPECT_TRUE(stage.changes().empty());
}

TEST_F(ChangingOnesOwnProfile, NamesWhatIsInvalid) {
  EXPECT_EQ(invalid({.display_name = "a\nb", .locale = "x", .time_zone = ""}),
            "/display_name /locale /time_zone ");
  EXPECT_EQ(invalid({.time_zone = "GMT+3:17"}), "/time_zone ");
  EXPECT_EQ(stage.refused(ChangeOwnProfile{9, {.locale = "fr"}}, session).problem,
            Problem::kStaleVersion);
}

TEST_F(ChangingOnesOwnProfile, PinsAtMost50ColleaguesEachKnownOnceAndNotOneself) {
  std::vector<UserId> many;
  for (std::size_t i = 0; i <= limits::kPinned; ++i) {
    many.push_back(stage.person("p" + std::to_string(i)));
  }
  EXPECT_EQ(invalid({.pinned = many}), "/pinned ");
  many.pop_back();
  change({.pinned = many});
  EXPECT_EQ(me().pinned.size(), limits::kPinned);
  EXPECT_EQ(invalid({.pinned = std::vector{UserId{999}, bo, bo, ana}}),
            "/pinned/0 /pinned/2 /pinned/3 ");
}

TEST_F(ChangingOnesOwnProfile, IsForPeopleInPerson) {
  EXPECT_EQ(stage.refused(ChangeOwnProfile{}).problem, Problem::kNotSignedIn);
  stage.change([&](Draft& draft) {
    draft.change(TokenPut{Token{.id = TokenId{1},
                                .user = ana,
                                .scope = Scope::kStatus,
                                .expires_at = stage.clock.now().wall + std::chrono::hours(1)}});
  });
  EXPECT_EQ(stage.refused(ChangeOwnProfile{}, TokenId{1}).problem, Problem::kScopeMissing);
}

}  // namespace
}  // namespace pastille
