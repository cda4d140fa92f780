#include "app/sign_in.h"

#include "app/arrivals.h"
#include "app/fall_due.h"
#include "app/invitations.h"
#include "app/password.h"
#include "app/short_lived.h"
#include "app/stage_test.h"
#include "app/tokens.h"
#include "core/limits.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;

SecretHash secret(std::uint64_t number) {
  SecretHash hash{};
  hash[0] = static_cast<std::uint8_t>(number);
  hash[1] = static_cast<std::uint8_t>(number >> 8U);
  hash[9] = 1;
  return hash;
}

class Signing : public testing::Test {
 protected:
  Signing() : anna(stage.person("anna")) {
    stage.must(SetPassword{.user = anna, .new_hash = "hash"});
  }
  SignIn sign_in(std::uint64_t number, const std::string& hash = "hash") {
    return {.user = anna, .verified_hash = hash, .secret = secret(number), .user_agent = "Firefox"};
  }
  bool alive(Actor actor) { return acting(stage.now(), actor, stage.context()).has_value(); }
  void arrive(SessionId session, std::uint64_t connection) {
    stage.must(
        PersonArrived{Connection{.id = ConnectionId{connection}, .session = session, .token = {}}},
        session);
  }
  bool offline() { return stage.now().presence(anna)->entry.offline(); }

  Stage stage;
  UserId anna;
};

TEST_F(Signing, InBeginsASession) {
  const SessionId id = stage.must(sign_in(1));
  EXPECT_EQ(stage.now().session(id)->user, anna);
  EXPECT_EQ(*stage.now().session_secrets.find(secret(1)), id);
  EXPECT_TRUE(alive(id));
  EXPECT_TRUE(offline());  // a session alone shows nothing on the board
}

TEST_F(Signing, InKeepsWhatTheBrowserCallsItselfAsTextCutBetweenCharacters) {
  const auto kept = [&](std::string agent) {
    SignIn command = sign_in(1);
    command.user_agent = std::move(agent);
    return stage.now().session(stage.must(command))->user_agent;
  };
  EXPECT_EQ(kept("a\xff"
                 "b\x1b"),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd");
  EXPECT_EQ(kept(std::string(limits::kUserAgentBytes, 'x') + "y"),
            std::string(limits::kUserAgentBytes, 'x'));
  EXPECT_EQ(kept(std::string(limits::kUserAgentBytes - 1, 'x') + "é"),
            std::string(limits::kUserAgentBytes - 1, 'x'));
}

TEST_F(Signing, InIsRefusedWhenThePasswordOrThePersonHasChangedMeanwhile) {
  EXPECT_EQ(stage.refused(sign_in(1, "another")).problem, Problem::kWrongCredentials);
  EXPECT_EQ(stage.refused(sign_in(1, "")).problem, Problem::kWrongCredentials);
}

TEST_F(Signing, InTellsOtherNodesOnlyWhenItIsToAndInTheSameEvent) {
  const auto told = [&] {
    std::vector<SignInTried> found;
    for (const Change& change : stage.changes()) {
      if (const auto* each = std::get_if<SignInTried>(&change)) found.push_back(*each);
    }
    return found;
  };
  stage.must(sign_in(1));
  EXPECT_TRUE(told().empty());
  SignIn news = sign_in(2);
  news.tell = SignInPlace{.login = "anna", .remote = "::1"};
  stage.must(news);
  ASSERT_EQ(told().size(), 1U);
  EXPECT_EQ(told()[0].login, "anna");
  EXPECT_EQ(told()[0].remote, "::1");
  EXPECT_TRUE(told()[0].right);
}

TEST_F(Signing, InWithAWrongPasswordIsToldAsThatAndNothingElse) {
  stage.must(TellWrongPassword{.at = {.login = "anna", .remote = "::1"}});
  ASSERT_EQ(stage.changes().size(), 1U);
  EXPECT_FALSE(std::get<SignInTried>(stage.changes()[0]).right);
  EXPECT_FALSE(is_durable(stage.changes()[0]));
  EXPECT_TRUE(is_short_lived(Event{.seq = 1, .at = {}, .changes = stage.changes()}));
}

TEST_F(Signing, InEndsTheSessionSeenLongestAgoWhenThereAreTooMany) {
  const SessionId first = stage.must(sign_in(1));
  for (std::uint64_t count = 2; count <= limits::kSessionsPerPerson; ++count) {
    stage.clock.tick(1s);
    stage.must(sign_in(count));
  }
  EXPECT_TRUE(alive(first));
  stage.must(sign_in(100));
  EXPECT_FALSE(alive(first));
}

TEST_F(Signing, OutShowsOfflineAtOnceWhenNothingElseIsPresent) {
  const SessionId desk = stage.must(sign_in(1));
  const SessionId phone = stage.must(sign_in(2));
  arrive(desk, 1);
  arrive(phone, 2);
  stage.must(SignOut{}, desk);
  EXPECT_FALSE(offline());
  stage.must(SignOut{}, phone);
  EXPECT_TRUE(offline());
  EXPECT_FALSE(alive(phone));
}

TEST_F(Signing, OutSkipsTheGraceOfItsOwnConnectionButNotOfAnother) {
  const SessionId desk = stage.must(sign_in(1));
  const SessionId phone = stage.must(sign_in(2));
  arrive(desk, 1);
  stage.must(PersonLeft{.user = anna, .connection = ConnectionId{1}});
  stage.must(SignOut{}, phone);
  EXPECT_FALSE(offline());
  stage.must(SignOut{}, desk);
  EXPECT_TRUE(offline());
}

TEST_F(Signing, EndsAfterTheIdleTimeUnlessTouched) {
  const SessionId id = stage.must(sign_in(1));
  stage.clock.tick(stage.settings.session_idle - 1ms);
  EXPECT_TRUE(alive(id));
  EXPECT_TRUE(stage.must(TouchSession{}, id));
  stage.clock.tick(stage.settings.session_idle - 1ms);
  EXPECT_TRUE(alive(id));
  stage.clock.tick(1ms);
  EXPECT_FALSE(alive(id));
  EXPECT_TRUE(stage.must(SessionExpired{id}));
  EXPECT_EQ(stage.now().session(id), nullptr);
}

TEST_F(Signing, EndsAtItsAbsoluteAgeHoweverOftenTouched) {
  const SessionId id = stage.must(sign_in(1));
  for (int hours = 0; hours < 719; ++hours) {
    stage.clock.tick(1h);
    stage.must(TouchSession{}, id);
  }
  EXPECT_TRUE(alive(id));
  stage.clock.tick(1h);
  EXPECT_FALSE(alive(id));
}

TEST_F(Signing, IsTouchedAtMostOnceAMinute) {
  const SessionId id = stage.must(sign_in(1));
  stage.clock.tick(59s);
  EXPECT_FALSE(stage.must(TouchSession{}, id));
  stage.clock.tick(1s);
  EXPECT_TRUE(stage.must(TouchSession{}, id));
}

TEST_F(Signing, IsTouchedSeldomByALiveConnectionButInTime) {
  const Session session = *stage.now().session(stage.must(sign_in(1)));
  const auto due = [&](Duration after) {
    return TouchSession::due_while_live(session, stage.settings, session.seen_at + after);
  };
  EXPECT_FALSE(due(stage.settings.session_idle / 8 - 1ms));
  EXPECT_TRUE(due(stage.settings.session_idle / 8));
  stage.settings.session_idle = 0h;
  EXPECT_FALSE(due(59s));
  EXPECT_TRUE(due(60s));
}

TEST_F(Signing, OthersCannotEndMySessions) {
  const SessionId mine = stage.must(sign_in(1));
  const SessionId other = stage.session(stage.person("berta"));
  EXPECT_EQ(stage.refused(EndOwnSession{mine}, other).problem, Problem::kNotFound);
  stage.must(EndOwnSession{mine}, mine);
  EXPECT_FALSE(alive(mine));
}

TEST_F(Signing, ChangingThePasswordEndsTheOtherSessions) {
  const SessionId here = stage.must(sign_in(1));
  const SessionId there = stage.must(sign_in(2));
  EXPECT_EQ(stage.refused(ChangePassword{.verified_hash = "old", .new_hash = "new"}, here).problem,
            Problem::kInvalid);
  stage.must(ChangePassword{.verified_hash = "hash", .new_hash = "new"}, here);
  EXPECT_TRUE(alive(here));
  EXPECT_FALSE(alive(there));
  EXPECT_EQ(stage.now().person(anna)->password_hash, "new");
}

TEST_F(Signing, TokensExpireAndAreDeletedByTheirOwnerAlone) {
  const SessionId session = stage.must(sign_in(1));
  CreateToken command{.owner = {},
                      .name = "desk phone",
                      .scope = Scope::kStatus,
                      .expires_at = {},
                      .secret = secret(7)};
  const Token token = stage.must(command, session);
  EXPECT_EQ(token.expires_at, stage.clock.now().wall + std::chrono::days(365));
  EXPECT_TRUE(alive(token.id));
  EXPECT_EQ(stage.refused(command, token.id).problem, Problem::kScopeMissing);
  const SessionId other = stage.session(stage.person("berta"));
  EXPECT_EQ(stage.refused(DeleteToken{token.id}, other).problem, Problem::kNotFound);
  stage.must(PersonArrived{Connection{.id = ConnectionId{5}, .session = {}, .token = token.id}},
             token.id);
  stage.must(DeleteToken{token.id}, session);
  EXPECT_FALSE(alive(token.id));
  EXPECT_TRUE(offline());
}

TEST_F(Signing, TokensHaveANameAndEndWithinFiveYears) {
  const SessionId session = stage.must(sign_in(1));
  const auto with = [&](std::string name, Duration ahead) {
    return CreateToken{.owner = {},
                       .name = std::move(name),
                       .scope = Scope::kRead,
                       .expires_at = stage.clock.now().wall + ahead,
                       .secret = secret(8)};
  };
  EXPECT_EQ(stage.invalid(with("", 0ms), session), "/name /expires_at ");
  EXPECT_EQ(stage.invalid(with("x", limits::kTokenLongestLife + 1ms), session), "/expires_at ");
  EXPECT_EQ(stage.invalid(with(std::string(limits::kTokenName + 1, 'x'), 1h), session), "/name ");
  stage.must(with(std::string(limits::kTokenName, 'x'), limits::kTokenLongestLife), session);
}

TEST_F(Signing, TokensAreLimitedInNumber) {
  const SessionId session = stage.must(sign_in(1));
  CreateToken command{
      .owner = {}, .name = "x", .scope = Scope::kRead, .expires_at = {}, .secret = {}};
  for (std::uint64_t count = 0; count < limits::kTokensPerPerson; ++count) {
    command.secret = secret(1000 + count);
    stage.must(command, session);
  }
  command.secret = secret(5000);
  EXPECT_EQ(stage.refused(command, session).problem, Problem::kLimitReached);
}

class Inviting : public Signing {
 protected:
  AcceptInvitation accept(std::uint64_t number) {
    return {.secret = secret(number),
            .password_hash = "chosen",
            .login = {},
            .display_name = {},
            .session_secret = secret(number + 1),
            .user_agent = {}};
  }
};

TEST_F(Inviting, SetsThePasswordAndSignsInOnce) {
  const SessionId before = stage.must(sign_in(1));
  stage.must(InvitePerson{.user = anna, .secret = secret(20)});
  const SignedIn in = stage.must(accept(20), Product{});
  EXPECT_EQ(in.user, anna);
  EXPECT_TRUE(alive(in.session));
  EXPECT_FALSE(alive(before));
  EXPECT_EQ(stage.now().person(anna)->password_hash, "chosen");
  EXPECT_EQ(stage.refused(accept(20), Product{}).problem, Problem::kNotFound);
}

TEST_F(Inviting, EndsAfter24HoursAndWhenReplaced) {
  stage.must(InvitePerson{.user = anna, .secret = secret(20)});
  stage.must(InvitePerson{.user = anna, .secret = secret(30)});
  EXPECT_EQ(stage.refused(accept(20), Product{}).problem, Problem::kNotFound);
  stage.clock.tick(24h);
  EXPECT_EQ(stage.refused(accept(30), Product{}).problem, Problem::kNotFound);
}

TEST_F(Inviting, TakesUsersManage) {
  const SessionId agent = stage.must(sign_in(1));
  EXPECT_EQ(stage.refused(InvitePerson{.user = anna, .secret = {}}, agent).permission,
            Permission::kUsersManage);
}

TEST_F(Inviting, MakesTheFirstAdministratorAndOnlyTheFirst) {
  EXPECT_EQ(stage.refused(InviteFirstAdministrator{secret(40)}, stage.must(sign_in(1))).problem,
            Problem::kNotFound);
  ASSERT_TRUE(stage.must(InviteFirstAdministrator{secret(40)}, Product{}));
  EXPECT_EQ(stage.invalid(accept(40), Product{}), "/login /display_name ");
  AcceptInvitation first = accept(40);
  first.login = "boss";
  first.display_name = "The Boss";
  const SignedIn in = stage.must(first, Product{});
  EXPECT_EQ(stage.now().person(in.user)->role, kAdministratorRole);
  EXPECT_EQ(stage.now().active_administrators, 1U);
  EXPECT_FALSE(stage.must(InviteFirstAdministrator{secret(60)}, Product{}));
}

TEST_F(Inviting, LetsTheLinksOfNodesThatStartTogetherWorkUntilOneIsUsed) {
  ASSERT_TRUE(stage.must(InviteFirstAdministrator{secret(40)}, Product{}));
  stage.clock.tick(limits::kFirstLinksTogether - 1s);
  ASSERT_TRUE(stage.must(InviteFirstAdministrator{secret(50)}, Product{}));
  stage.clock.tick(1s);
  ASSERT_TRUE(stage.must(InviteFirstAdministrator{secret(60)}, Product{}));
  AcceptInvitation first = accept(40);
  first.login = "boss";
  first.display_name = "The Boss";
  EXPECT_EQ(stage.refused(first, Product{}).problem, Problem::kNotFound);
  first.secret = secret(50);
  stage.must(first, Product{});
  EXPECT_TRUE(stage.now().invitations.empty());
  first.secret = secret(60);
  first.login = "second";
  EXPECT_EQ(stage.refused(first, Product{}).problem, Problem::kNotFound);
}

TEST_F(Inviting, TakesALoginOnlyFromTheFirstAdministrator) {
  stage.must(InvitePerson{.user = anna, .secret = secret(20)});
  AcceptInvitation wrong = accept(20);
  wrong.login = "other";
  EXPECT_EQ(stage.invalid(wrong, Product{}), "/login ");
}

}  // namespace
}  // namespace pastille
