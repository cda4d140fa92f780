#include "app/people_query.h"

#include "app/create_team.h"
#include "app/erase_person.h"
#include "app/modify_person.h"
#include "app/stage_test.h"

namespace pastille {
namespace {

using Names = std::vector<std::string>;

class TheListOfPeople : public testing::Test {
 protected:
  UserId add(const std::string& login, const std::string& name, std::vector<TeamId> teams = {}) {
    return stage
        .must(CreatePerson{
            {.login = login, .display_name = name, .role = kAgentRole, .teams = std::move(teams)}})
        .user;
  }
  PeopleQuery::Page page(const PeopleQuery& query, const PeopleQuery::Slice& slice,
                         std::string_view locale = "en") {
    return query.page(stage.now(), order_people(stage.now(), locale, stage.unicode, nullptr), slice,
                      stage.unicode);
  }
  Names names(const PeopleQuery& query, std::string_view locale = "en") {
    return names_of(page(query, {.limit = 100}, locale));
  }
  Names names_of(const PeopleQuery::Page& page) {
    Names found;
    for (const UserId user : page.people) {
      found.push_back(stage.now().person(user)->display_name.text);
    }
    return found;
  }
  Stage stage;
};

TEST_F(TheListOfPeople, IsSearchedWithoutCaseAndAccents) {
  add("zolw", "Łukasz Żółć");
  add("anna", "Anna Straße");
  add("dang", "Đặng Ærø");
  EXPECT_EQ(names({.text = "LUKASZ zolc"}), Names{"Łukasz Żółć"});
  EXPECT_EQ(names({.text = "strasse"}), Names{"Anna Straße"});
  EXPECT_EQ(names({.text = "dang aero"}), Names{"Đặng Ærø"});
  EXPECT_EQ(names({.text = "zolw"}), Names{});  // a login, which not everyone sees
  EXPECT_EQ(names({.text = "zolw", .logins = true}), Names{"Łukasz Żółć"});
}

TEST_F(TheListOfPeople, IsFilteredByTeamRoleAndActivity) {
  const TeamId north = stage.must(CreateTeam{"North"});
  add("ana", "Ana", {north});
  const UserId left = add("bo", "Bo", {north});
  stage.person("admin", kAdministratorRole);
  stage.must(ModifyPerson{left, {}, {.active = false}});
  EXPECT_EQ(names({.team = north}), (Names{"Ana", "Bo"}));
  EXPECT_EQ(names({.team = north, .active = true}), Names{"Ana"});
  EXPECT_EQ(names({.active = false}), Names{"Bo"});
  EXPECT_EQ(names({.role = kAdministratorRole}), Names{"admin"});
  EXPECT_EQ(names({.team = TeamId{99}}), Names{});
  stage.must(ErasePerson{left, {}});
  EXPECT_EQ(names({.active = false}), Names{});
}

TEST_F(TheListOfPeople, IsOrderedByNameInTheCallersLocale) {
  add("1", "Öl");
  add("2", "Zebra");
  add("3", "anna");
  add("4", "Anna");
  EXPECT_EQ(names({}, "de"), (Names{"anna", "Anna", "Öl", "Zebra"}));
  EXPECT_EQ(names({}, "sv"), (Names{"anna", "Anna", "Zebra", "Öl"}));
}

TEST_F(TheListOfPeople, HasUniqueKeysForPeopleOfOneName) {
  add("1", "Ana");
  add("2", "Ana");
  const auto rows = order_people(stage.now(), "en", stage.unicode, nullptr).rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_LT(rows[0].key, rows[1].key);
}

TEST_F(TheListOfPeople, GoesOnWhereAPageEndedInBothDirectionsAndThroughAFilter) {
  for (const char* name : {"A", "B", "C", "D", "E"}) add(name, name);
  const UserId left =
      stage.now().logins.find("c") != nullptr ? *stage.now().logins.find("c") : UserId{};
  stage.must(ModifyPerson{left, {}, {.active = false}});
  for (const PeopleQuery& query : {PeopleQuery{.active = true}, PeopleQuery{.text = " "}}) {
    for (const bool descending : {false, true}) {
      Names all;
      PeopleQuery::Page found;
      do {
        found = page(query, {.descending = descending, .limit = 2, .after = found.next});
        for (std::string& name : names_of(found)) all.push_back(std::move(name));
        EXPECT_EQ(found.total, query.active ? 4U : 5U);
      } while (!found.next.empty());
      Names expected = query.active ? Names{"A", "B", "D", "E"} : Names{"A", "B", "C", "D", "E"};
      if (descending) std::ranges::reverse(expected);
      EXPECT_EQ(all, expected);
    }
  }
}

}  // namespace
}  // namespace pastille
