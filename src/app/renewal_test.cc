// Renewals: nobody quietly becomes somebody else.
#include "app/renewal.h"

#include "app/fall_due.h"
#include "app/invitations.h"
#include "app/modify_person.h"
#include "app/open_conversation.h"
#include "app/password.h"
#include "app/send_message.h"
#include "app/sign_in.h"
#include "app/sign_in_externally.h"
#include "app/stage_test.h"
#include "app/tokens.h"
#include "core/limits.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;

SecretHash secret(std::uint8_t number) {
  SecretHash hash{};
  hash[3] = number;
  return hash;
}

class Renewing : public testing::Test {
 protected:
  Renewing() {
    const RoleId managing =
        stage.must(CreateRole{.fields = {.name = "Manages", .permissions = {{"users.manage"}}}});
    boss = stage.session(boss_id = stage.person("boss", managing));
    sign_in(ana, 1);
  }

  SessionId sign_in(UserId user, std::uint8_t number) {
    stage.change([&](Draft& draft) {
      Person person = *draft.now().person(user);
      person.password_hash = "hash";
      draft.change(PersonPut{std::move(person)});
    });
    return stage.must(SignIn{
        .user = user, .verified_hash = "hash", .secret = secret(number), .user_agent = "Firefox"});
  }
  const SignInRecord& record(UserId user) { return stage.now().person(user)->sign_in; }
  Result<Invitation> invite(UserId user, std::uint8_t number, Actor by) {
    return stage.run(InvitePerson{.user = user, .secret = secret(number)}, by);
  }
  AcceptInvitation accept(std::uint8_t number) {
    return {.secret = secret(number),
            .password_hash = "new hash",
            .session_secret = secret(200),
            .user_agent = "Chrome"};
  }
  SignInExternally come_as(const std::string& subject) {
    SignInExternally command{.vouched = {.external = {"https://id.example.org", subject}}};
    command.secret = secret(201);
    return command;
  }
  ModifyPerson tie(UserId user, const std::string& subject) {
    ModifyPerson command{.user = user};
    command.patch.external = External{"https://id.example.org", subject};
    return command;
  }
  TokenId token(UserId user, std::uint8_t number) {
    return stage.must(CreateToken{.owner = user, .name = "Lamp", .secret = secret(number)}).id;
  }

  Stage stage;
  UserId ana = stage.person("ana");
  UserId boss_id;
  SessionId boss;
};

TEST_F(Renewing, ChangesNothingUntilItIsAccepted) {
  token(ana, 50);
  const Person before = *stage.now().person(ana);
  ASSERT_TRUE(invite(ana, 2, boss));
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.renew " + to_text(ana)});
  Person waiting = *stage.now().person(ana);
  ASSERT_TRUE(waiting.sign_in.pending);
  EXPECT_EQ(waiting.sign_in.pending->made.by.user, boss_id);
  EXPECT_EQ(waiting.own_version, before.own_version + 1);  // they see it
  waiting.sign_in.pending.reset();
  waiting.own_version = before.own_version;
  EXPECT_EQ(waiting, before);
  EXPECT_TRUE(stage.made<SessionDropped>().empty());
}

TEST_F(Renewing, EndsAllThatWasThePersonsOnceItIsAccepted) {
  const UserId bo = stage.person("bo");
  const SessionId before = stage.session(ana);
  stage.arrives(ana, before,
                {.status = system_status(StatusType::kBusy), .type = StatusType::kBusy});
  const TokenId lamp = token(ana, 50);
  const ConversationId with_bo = stage.must(OpenConversation{.with = bo}, before).conversation;
  const Message old =
      stage.must(SendMessage{.conversation = with_bo, .text = "old"}, stage.session(bo));
  stage.must(MakeRecoveryCode{.hash = secret(60)}, before);
  ASSERT_TRUE(invite(ana, 2, boss));
  stage.clock.tick(1min);
  const SignedIn in = stage.must(accept(2));
  EXPECT_EQ(stage.now().session(before), nullptr);
  EXPECT_EQ(stage.now().token(lamp), nullptr);
  EXPECT_TRUE(stage.now().presence(ana)->entry.offline());
  EXPECT_EQ(stage.now().presence(ana)->last_chosen, system_status(StatusType::kConnected));
  EXPECT_EQ(stage.made<OwnHistoryErased>().size(), 1U);
  EXPECT_EQ(stage.now().session(in.session)->user, ana);
  const SignInRecord& after = record(ana);
  ASSERT_TRUE(after.renewed);
  EXPECT_EQ(after.renewed->by.user, boss_id);
  EXPECT_EQ(after.renewed->at, stage.clock.now().wall);
  EXPECT_GT(after.reads_from, old.id);
  EXPECT_FALSE(after.pending);
  EXPECT_FALSE(after.recovery);
  EXPECT_EQ(stage.now().person(ana)->rev, stage.now().seq);
  const Conversation& conversation = *stage.now().conversation(with_bo);
  EXPECT_EQ(conversation.unread[conversation.side(ana)], 0U);
  EXPECT_LT(conversation.read_up_to[conversation.side(ana)], old.id);  // partners are told nothing
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.renewal-accepted " + to_text(ana)});
}

TEST_F(Renewing, IsSaidUntilThePersonAgrees) {
  ASSERT_TRUE(invite(ana, 2, boss));
  const SessionId session = stage.must(accept(2)).session;
  EXPECT_FALSE(record(ana).renewal_agreed);
  stage.must(AgreeToRenewal{}, session);
  EXPECT_TRUE(record(ana).renewal_agreed);
  EXPECT_TRUE(record(ana).renewed);
  EXPECT_EQ(stage.refused(AgreeToRenewal{}, session).problem, Problem::kNotFound);
  ASSERT_TRUE(invite(ana, 3, boss));
  stage.must(accept(3));
  EXPECT_FALSE(record(ana).renewal_agreed);
}

TEST_F(Renewing, IsVoidOnceThePersonSaysNo) {
  const SessionId session = stage.session(ana);
  EXPECT_EQ(stage.refused(VoidRenewal{}, session).problem, Problem::kNotFound);
  ASSERT_TRUE(invite(ana, 2, boss));
  stage.must(VoidRenewal{}, session);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.renewal-void " + to_text(ana)});
  EXPECT_FALSE(record(ana).pending);
  EXPECT_EQ(stage.refused(accept(2)).problem, Problem::kNotFound);
  stage.must(tie(ana, "7"), boss);
  stage.must(VoidRenewal{}, session);
  EXPECT_EQ(stage.refused(come_as("7")).problem, Problem::kNotFound);
}

TEST_F(Renewing, TakesNothingFromWhoHasTheRecoveryCode) {
  const SessionId session = stage.session(ana);
  const TokenId lamp = token(ana, 50);
  stage.must(MakeRecoveryCode{.hash = secret(60)}, session);
  ASSERT_TRUE(invite(ana, 2, boss));
  AcceptInvitation wrong = accept(2);
  wrong.recovery_code = secret(61);
  EXPECT_EQ(stage.invalid(wrong), "/recovery_code ");
  AcceptInvitation right = accept(2);
  right.recovery_code = secret(60);
  stage.must(right);
  EXPECT_FALSE(record(ana).renewed);
  EXPECT_FALSE(record(ana).reads_from);
  EXPECT_NE(stage.now().token(lamp), nullptr);
  EXPECT_TRUE(stage.made<OwnHistoryErased>().empty());
  EXPECT_FALSE(record(ana).recovery) << "it is good once";
  EXPECT_EQ(stage.now().session(session), nullptr) << "another password ends other sessions";
}

TEST_F(Renewing, IsNotWhatOneMakesForOneself) {
  const SessionId session = stage.session(boss_id);
  sign_in(boss_id, 4);
  ASSERT_TRUE(invite(boss_id, 2, session));
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.invite " + to_text(boss_id)});
  EXPECT_EQ(stage.refused(VoidRenewal{}, session).problem, Problem::kNotFound);
  const TokenId lamp = token(boss_id, 50);
  const TokenId others = token(ana, 51);
  stage.must(accept(2));
  EXPECT_FALSE(record(boss_id).renewed);
  EXPECT_EQ(stage.now().token(lamp), nullptr);  // as after any new password
  EXPECT_NE(stage.now().token(others), nullptr);
}

TEST_F(Renewing, IsNotWhatLetsSomebodyInForTheFirstTime) {
  const UserId bo = stage.person("bo");
  ASSERT_TRUE(invite(bo, 2, boss));
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.invite " + to_text(bo)});
  const TokenId prepared = token(bo, 50);  // by the command line
  stage.must(accept(2));
  EXPECT_NE(stage.now().token(prepared), nullptr);
  EXPECT_FALSE(record(bo).renewed);
  EXPECT_EQ(record(bo).first_at, stage.clock.now().wall);
  const UserId cy = stage.person("cy");
  ASSERT_TRUE(invite(cy, 3, boss));
  EXPECT_EQ(open_renewal(*stage.now().person(cy), stage.clock.now().wall), nullptr);
  const SessionId session = sign_in(cy, 5);
  EXPECT_NE(open_renewal(*stage.now().person(cy), stage.clock.now().wall), nullptr)
      << "who is in by another way is somebody whom the link renews";
  stage.must(accept(3));
  EXPECT_EQ(record(cy).renewed->by.user, boss_id);
  EXPECT_EQ(stage.now().session(session), nullptr);
}

TEST_F(Renewing, HasItsNumberAnHourForEachWhoMakesThem) {
  const auto renew = [&](int number) {
    const UserId user = stage.person("p" + std::to_string(number));
    sign_in(user, static_cast<std::uint8_t>(20 + number));
    return invite(user, static_cast<std::uint8_t>(100 + number), boss);
  };
  for (int count = 0; count < static_cast<int>(limits::kRenewals); ++count) {
    ASSERT_TRUE(renew(count));
    stage.clock.tick(1min);
  }
  const auto refused = renew(50);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problem, Problem::kTooMany);
  EXPECT_EQ(refused.error().retry_after, 50min);
  EXPECT_EQ(stage.refused(tie(ana, "9"), boss).problem, Problem::kTooMany);
  EXPECT_FALSE(record(ana).pending);
  ASSERT_TRUE(invite(stage.person("new"), 150, boss)) << "who never signed in is free";
  EXPECT_TRUE(invite(ana, 151, Operator{})) << "others, and the machine itself, have their own";
  stage.clock.tick(50min);
  EXPECT_TRUE(renew(51));
}

TEST_F(Renewing, WaitsAtTheProviderForTheFirstSignInAsAnotherSubject) {
  stage.must(tie(ana, "7"), boss);
  EXPECT_FALSE(stage.now().person(ana)->external);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.renew " + to_text(ana)});
  EXPECT_EQ(stage.refused(tie(boss_id, "7")).problem, Problem::kLoginTaken);
  const std::uint64_t version = stage.now().person(ana)->version;
  stage.must(tie(ana, "7"), boss);
  EXPECT_EQ(stage.now().person(ana)->version, version) << "said before";
  const SessionId before = stage.session(ana);
  stage.must(come_as("7"));
  EXPECT_EQ(stage.now().person(ana)->external->subject, "7");
  EXPECT_EQ(stage.now().session(before), nullptr);
  EXPECT_EQ(record(ana).renewed->by.user, boss_id);
  stage.must(tie(ana, "8"), boss);
  stage.must(come_as("7"));  // nothing has changed
  EXPECT_EQ(stage.now().person(ana)->external->subject, "7");
}

TEST_F(Renewing, AtTheProviderIsWithdrawnOrReplacedByWhoManagesUsers) {
  stage.must(tie(ana, "7"), boss);
  stage.must(tie(ana, "8"), boss);
  EXPECT_EQ(stage.refused(come_as("7")).problem, Problem::kNotFound);
  ModifyPerson withdraw{.user = ana};
  withdraw.patch.withdraw_external = true;
  stage.must(withdraw, boss);
  EXPECT_EQ(stage.refused(come_as("8")).problem, Problem::kNotFound);
  EXPECT_FALSE(record(ana).pending);
  const std::uint64_t version = stage.now().person(ana)->version;
  stage.must(withdraw, boss);
  EXPECT_EQ(stage.now().person(ana)->version, version);
}

TEST_F(Renewing, IsNotNeededForWhoNeverSignedIn) {
  const UserId bo = stage.person("bo");
  ASSERT_TRUE(invite(bo, 2, boss));
  stage.must(tie(bo, "7"), boss);
  EXPECT_EQ(stage.now().person(bo)->external->subject, "7");
  EXPECT_EQ(stage.refused(accept(2)).problem, Problem::kNotFound);
  EXPECT_EQ(stage.refused(InvitePerson{.user = bo, .secret = secret(3)}).problem,
            Problem::kExternalSignIn);
}

TEST_F(Renewing, IsOverWithItsTime) {
  ASSERT_TRUE(invite(ana, 2, boss));
  stage.clock.tick(limits::kInvitationLife);
  EXPECT_EQ(stage.refused(VoidRenewal{}, stage.session(ana)).problem, Problem::kNotFound);
  stage.must(Purge{});
  EXPECT_FALSE(record(ana).pending);
  stage.must(tie(ana, "7"));
  stage.clock.tick(limits::kSubjectRenewalLife - 1ms);
  EXPECT_EQ(awaiting(stage.now(), {"https://id.example.org", "7"}, stage.clock.now().wall), ana);
  stage.clock.tick(1ms);
  EXPECT_EQ(stage.refused(come_as("7")).problem, Problem::kNotFound);
  stage.must(Purge{});
  EXPECT_FALSE(record(ana).pending);
}

TEST_F(Renewing, ByALinkEndsWhenThePasswordIsChangedOtherwise) {
  const SessionId session = stage.session(ana);
  ASSERT_TRUE(invite(ana, 2, boss));
  stage.must(ChangePassword{.verified_hash = "hash", .new_hash = "mine"}, session);
  EXPECT_FALSE(record(ana).pending);
  EXPECT_EQ(stage.refused(accept(2)).problem, Problem::kNotFound);
  ASSERT_TRUE(invite(ana, 3, boss));
  stage.must(SetPassword{.user = ana, .new_hash = "given"});
  EXPECT_FALSE(record(ana).pending);
  EXPECT_EQ(stage.refused(accept(3)).problem, Problem::kNotFound);
}

TEST_F(Renewing, APasswordOfSomebodyElsesIsSaidUntilItIsChanged) {
  const UserId bo =
      stage
          .must(CreatePerson{.fields = {.login = "bo", .display_name = "Bo", .role = kAgentRole},
                             .password_hash = "hash"},
                boss)
          .user;
  EXPECT_EQ(record(bo).password_given->by.user, boss_id);
  stage.must(ChangePassword{.verified_hash = "hash", .new_hash = "mine"}, stage.session(bo));
  EXPECT_FALSE(record(bo).password_given);
  stage.must(SetPassword{.user = bo, .new_hash = "given"});
  EXPECT_EQ(record(bo).password_given->by.kind, Author::Kind::kOperator);
  ASSERT_TRUE(invite(bo, 2, boss));
  stage.must(accept(2));
  EXPECT_FALSE(record(bo).password_given);
}

TEST_F(Renewing, AnotherPasswordEndsTokensButThoseThatAreKept) {
  const SessionId session = stage.session(ana);
  const TokenId lamp = token(ana, 50);
  const TokenId door = token(ana, 51);
  const TokenId others = token(boss_id, 52);
  ChangePassword change{.verified_hash = "hash", .new_hash = "mine", .keep_tokens = {door, others}};
  EXPECT_EQ(stage.invalid(change, session), "/keep_tokens/1 ");
  change.keep_tokens = {door};
  stage.must(change, session);
  EXPECT_EQ(stage.now().token(lamp), nullptr);
  EXPECT_NE(stage.now().token(door), nullptr);
  EXPECT_NE(stage.now().session(session), nullptr);
  stage.must(SetPassword{.user = ana, .new_hash = "given"});
  EXPECT_EQ(stage.now().token(door), nullptr);
  EXPECT_NE(stage.now().token(others), nullptr);
}

}  // namespace
}  // namespace pastille
