#include "app/create_person.h"

#include "app/create_team.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

PersonPatch named(std::string login) {
  return {.login = std::move(login), .display_name = "Somebody", .role = kAgentRole};
}

class AddingAPerson : public testing::Test {
 protected:
  std::string invalid(const PersonPatch& fields) { return stage.invalid(CreatePerson{fields}); }
  const Person& added(const PersonPatch& fields) {
    return *stage.now().person(stage.must(CreatePerson{fields}).user);
  }
  Stage stage;
};

TEST_F(AddingAPerson, KeepsWhatWasGiven) {
  const TeamId team = stage.must(CreateTeam{"North"});
  const SessionId manager = stage.holder_of("manager", {"users.manage"});
  const auto answer = stage.must(CreatePerson{.fields = {.login = "amelie",
                                                         .display_name = " Amélie Roux ",
                                                         .role = kAgentRole,
                                                         .teams = std::vector{team},
                                                         .locale = "FR",
                                                         .time_zone = "Europe/Paris"},
                                              .password_hash = "$argon2id$..."},
                                 manager);
  const Person& person = *stage.now().person(answer.user);
  EXPECT_EQ(person.display_name.text, "Amélie Roux");
  EXPECT_EQ(person.teams, std::vector{team});
  EXPECT_EQ(person.locale, "fr");
  EXPECT_EQ(person.time_zone, "Europe/Paris");
  EXPECT_EQ(person.password_hash, "$argon2id$...");
  EXPECT_TRUE(person.active);
  EXPECT_EQ(person.rev, stage.now().directory_version);
  EXPECT_EQ(person.created_at, stage.clock.now().wall);
  EXPECT_FALSE(answer.invitation_expires_at);
  EXPECT_TRUE(stage.now().presence(answer.user)->entry.offline());
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"user.create " + to_text(answer.user)});
}

TEST_F(AddingAPerson, MakesAnInvitationOf24HoursWhenGivenItsSecret) {
  SecretHash secret{};
  secret[31] = 7;
  const auto answer = stage.must(CreatePerson{.fields = named("ana"), .invitation_secret = secret});
  EXPECT_EQ(answer.invitation_expires_at, stage.clock.now().wall + std::chrono::hours(24));
  const InvitationId* id = stage.now().invitation_secrets.find(secret);
  ASSERT_NE(id, nullptr);
  EXPECT_EQ((*stage.now().invitations.find(*id))->user, answer.user);
}

TEST_F(AddingAPerson, TakesItsPermission) {
  const SessionId other = stage.holder_of("other", {"roles.manage", "teams.manage"});
  EXPECT_EQ(stage.refused(CreatePerson{}, other).permission, Permission::kUsersManage);
}

TEST_F(AddingAPerson, SaysAllThatIsWrongAtOnce) {
  EXPECT_EQ(invalid({}), "/login /display_name /role_id ");
  EXPECT_EQ(invalid({.login = "",
                     .display_name = "",
                     .role = RoleId{99},
                     .teams = std::vector{TeamId{99}},
                     .locale = "not a language",
                     .time_zone = "Mars/Olympus"}),
            "/login /display_name /role_id /team_ids/0 /locale /time_zone ");
}

TEST_F(AddingAPerson, TakesALoginOfOneTo128CharactersWithoutWhiteSpace) {
  for (const std::string& login :
       {std::string(), std::string(" "), std::string("a b"), std::string("a\u3000b"),
        std::string("a\tb"), std::string(limits::kLogin + 1, 'x')}) {
    EXPECT_EQ(invalid(named(login)), "/login ") << login;
  }
  EXPECT_EQ(added(named(" x ")).login.text, "x");
  added(named(std::string(limits::kLogin, 'x')));
}

TEST_F(AddingAPerson, TakesAnUnusedLogin) {
  added(named("jerome"));
  for (const char* login : {"Jérôme", "JEROME", " jerome "}) {
    EXPECT_EQ(stage.refused(CreatePerson{named(login)}).problem, Problem::kLoginTaken) << login;
  }
}

TEST_F(AddingAPerson, TakesANameOfOneTo100Characters) {
  PersonPatch fields = named("ana");
  fields.display_name = std::string(limits::kDisplayName + 1, 'x');
  EXPECT_EQ(invalid(fields), "/display_name ");
  fields.display_name = std::string(limits::kDisplayName, 'x');
  added(fields);
}

TEST_F(AddingAPerson, TakesAtMost50TeamsEachOnce) {
  std::vector<TeamId> teams;
  for (std::size_t i = 0; i <= limits::kTeamsPerPerson; ++i) {
    teams.push_back(stage.must(CreateTeam{"Team " + std::to_string(i)}));
  }
  PersonPatch fields = named("ana");
  fields.teams = teams;
  EXPECT_EQ(invalid(fields), "/team_ids ");
  fields.teams->pop_back();
  EXPECT_EQ(added(fields).teams.size(), limits::kTeamsPerPerson);
  fields = named("bo");
  fields.teams = std::vector{teams[1], teams[0], teams[1]};
  EXPECT_EQ(invalid(fields), "/team_ids/2 ");
  fields.teams->pop_back();
  EXPECT_EQ(added(fields).teams, (std::vector{teams[0], teams[1]}));  // ascending
}

TEST_F(AddingAPerson, IsPossibleUntilThereAre100000) {
  stage.change([&](Draft& draft) {
    for (std::uint64_t i = 1; i <= limits::kPeople - 2; ++i) {
      const std::string login = "u" + std::to_string(i);
      draft.change(PersonPut{Person{.id = UserId{i},
                                    .login = {.text = login, .folded = login},
                                    .display_name = {.text = login, .folded = login},
                                    .role = kAgentRole}});
    }
  });
  added(named("the-99999th"));
  added(named("the-100000th"));
  EXPECT_EQ(stage.now().people.size(), limits::kPeople);
  EXPECT_EQ(stage.refused(CreatePerson{named("one-more")}).problem, Problem::kLimitReached);
}

}  // namespace
}  // namespace pastille
