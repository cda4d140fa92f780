#include "app/sign_in_externally.h"

#include "app/modify_person.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

class SigningInExternally : public testing::Test {
 protected:
  static Vouched vouched(std::string subject, std::string login = "amelie@example.org") {
    return {.external = {"https://id.example.org", std::move(subject)},
            .name = "Amélie Roux",
            .wanted_login = std::move(login),
            .locale = "fr",
            .groups = {}};
  }
  SignInExternally command(Vouched who) {
    SignInExternally command{.vouched = std::move(who), .rules = rules};
    command.secret[0] = ++secrets;
    return command;
  }
  const Person& person(UserId user) { return *stage.now().person(user); }

  Stage stage;
  ExternalRules rules{.create_people = true, .roles = {}};
  std::uint8_t secrets = 0;
};

TEST_F(SigningInExternally, MakesAPersonAtTheFirstTimeAndFindsThemAtTheNext) {
  const SignedIn first = stage.must(command(vouched("7")));
  EXPECT_EQ(person(first.user).login.text, "amelie@example.org");
  EXPECT_EQ(person(first.user).display_name.text, "Amélie Roux");
  EXPECT_EQ(person(first.user).locale, "fr");
  EXPECT_EQ(person(first.user).role, kAgentRole);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.create " + to_text(first.user)});
  const SignedIn next = stage.must(command(vouched("7", "other@example.org")));
  EXPECT_EQ(next.user, first.user);
  EXPECT_NE(next.session, first.session);
}

TEST_F(SigningInExternally, NeverTakesALoginForAPerson) {
  const UserId owner = stage.person("amelie@example.org");
  const SignedIn made = stage.must(command(vouched("7")));
  EXPECT_NE(made.user, owner);
  EXPECT_EQ(person(made.user).login.text, "amelie@example.org-2");
}

TEST_F(SigningInExternally, MakesALoginOfWhateverTheProviderSays) {
  EXPECT_EQ(person(stage.must(command(vouched("8", "Ana Maria"))).user).login.text, "AnaMaria");
  EXPECT_EQ(person(stage.must(command(vouched("9", ""))).user).login.text, "9");
  const std::string longest(1000, 'x');
  const Person& cut = person(stage.must(command(vouched("10", longest))).user);
  EXPECT_LE(cut.login.text.size(), limits::kLogin);
}

TEST_F(SigningInExternally, RefusesStrangersWhenNobodyIsMade) {
  rules.create_people = false;
  EXPECT_EQ(stage.refused(command(vouched("7"))).problem, Problem::kNotFound);
  const UserId user = stage.person("ana");
  stage.must(
      ModifyPerson{.user = user, .patch = {.external = External{"https://id.example.org", "7"}}});
  EXPECT_EQ(stage.must(command(vouched("7"))).user, user);
}

TEST_F(SigningInExternally, RefusesWhoLeft) {
  const SignedIn made = stage.must(command(vouched("7")));
  stage.must(ModifyPerson{.user = made.user, .patch = {.active = false}});
  EXPECT_EQ(stage.refused(command(vouched("7"))).problem, Problem::kNotSignedIn);
}

TEST_F(SigningInExternally, GivesTheRoleOfTheGroupsEachTime) {
  rules.roles = {{"staff", "Agent"}, {"chiefs", "administrator"}, {"gone", "No such role"}};
  stage.person("root", kAdministratorRole);
  Vouched who = vouched("7");
  who.groups = {"gone", "staff", "chiefs"};
  const SignedIn made = stage.must(command(who));
  EXPECT_EQ(person(made.user).role, kAdministratorRole);
  who.groups = {};
  stage.must(command(who));
  EXPECT_EQ(person(made.user).role, kAgentRole);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.modify " + to_text(made.user)});
}

TEST_F(SigningInExternally, KeepsTheLastAdministratorAndSaysSo) {
  rules.roles = {{"chiefs", "Administrator"}};
  Vouched who = vouched("7");
  who.groups = {"chiefs"};
  const UserId user = stage.must(command(who)).user;
  who.groups = {};
  stage.must(command(who));
  EXPECT_EQ(person(user).role, kAdministratorRole);
  ASSERT_EQ(stage.made<AuditAdded>().size(), 1U);
  EXPECT_EQ(stage.made<AuditAdded>()[0].item.problem, Problem::kLastAdministrator);
}

TEST_F(SigningInExternally, GivesASubjectToOnePersonOnly) {
  const External external{"https://id.example.org", "7"};
  const UserId ana = stage.person("ana");
  const UserId bo = stage.person("bo");
  stage.must(ModifyPerson{.user = ana, .patch = {.external = external}});
  EXPECT_EQ(stage.refused(ModifyPerson{.user = bo, .patch = {.external = external}}).problem,
            Problem::kLoginTaken);
  stage.must(ModifyPerson{.user = ana, .patch = {.external = std::optional<External>()}});
  stage.must(ModifyPerson{.user = bo, .patch = {.external = external}});
  EXPECT_EQ(person(bo).external, external);
}

TEST_F(SigningInExternally, HoldsIssuerAndSubjectToTheirLengths) {
  const UserId user = stage.person("ana");
  const auto tie = [&](std::size_t issuer, std::size_t subject) {
    return ModifyPerson{
        .user = user,
        .patch = {.external = External{std::string(issuer, 'i'), std::string(subject, 's')}}};
  };
  stage.must(tie(limits::kIssuerBytes, limits::kSubjectBytes));
  EXPECT_EQ(stage.invalid(tie(limits::kIssuerBytes + 1, 1)), "/external/issuer ");
  EXPECT_EQ(stage.invalid(tie(1, limits::kSubjectBytes + 1)), "/external/subject ");
  EXPECT_EQ(stage.invalid(tie(0, 0)), "/external/issuer ");
}

}  // namespace
}  // namespace pastille
