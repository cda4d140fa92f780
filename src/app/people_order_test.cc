#include "app/people_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unicode/icu_unicode.h"

namespace pastille {
namespace {

using testing::ElementsAre;

class PeopleOrderTest : public testing::Test {
 protected:
  PeopleOrderTest() { organisation_.epochs.push_back({.id = "one", .first_seq = 1}); }

  void put(std::uint64_t id, const std::string& name, bool active = true, bool erased = false) {
    organisation_.apply(
        PersonPut{Person{.id = UserId{id},
                         .login = {.text = std::to_string(id), .folded = std::to_string(id)},
                         .display_name = {.text = name, .folded = name},
                         .active = active,
                         .erased = erased,
                         .rev = ++seq_}});
  }
  PeopleOrder order(const PeopleOrder* earlier = nullptr, std::string_view locale = "en") const {
    return order_people(organisation_, locale, unicode_, earlier);
  }
  static std::vector<std::uint64_t> ids(const PeopleOrder& order) {
    std::vector<std::uint64_t> out;
    for (const auto& row : order.rows) out.push_back(row.user.number);
    return out;
  }

  IcuUnicode unicode_;
  Organisation organisation_;
  std::uint64_t seq_ = 0;
};

TEST_F(PeopleOrderTest, IsByNameInTheLanguageAndHasAllButErasedPeople) {
  put(1, "Zoë");
  put(2, "Öman");
  put(3, "anna", false);
  put(4, "Gone", false, true);
  EXPECT_THAT(ids(order()), ElementsAre(3, 2, 1));
  EXPECT_THAT(ids(order(nullptr, "sv")), ElementsAre(3, 1, 2));
  EXPECT_EQ(order().active, 2U);
}

TEST_F(PeopleOrderTest, ALaterOneIsTheSameAsOneMadeAnew) {
  for (std::uint64_t id = 1; id <= 60; ++id) put(id, "Name " + std::to_string(id * 37 % 61));
  PeopleOrder earlier = order();
  put(7, "Name 0");
  put(8, "Zz");
  put(9, "", false, true);
  put(10, "Name 10", false);
  put(61, "Aa");
  const PeopleOrder later = order(&earlier);
  EXPECT_EQ(ids(later), ids(order()));
  EXPECT_EQ(later.active, 59U);
  EXPECT_TRUE(later.is_of(organisation_));
  EXPECT_FALSE(earlier.is_of(organisation_));
  EXPECT_TRUE(std::ranges::is_sorted(later.rows, {}, &PeopleOrder::Row::key));
}

TEST_F(PeopleOrderTest, OfAnotherEpochNothingIsKept) {
  put(1, "Anna");
  put(2, "Bo");
  const PeopleOrder earlier = order();
  Organisation other;
  other.epochs.push_back({.id = "two", .first_seq = 1});
  // The same person and rev, as a database that was put back may have them.
  Person anna = *organisation_.person(UserId{1});
  anna.display_name = {.text = "Zoe", .folded = "zoe"};
  other.apply(PersonPut{anna});
  other.apply(PersonPut{*organisation_.person(UserId{2})});
  EXPECT_THAT(ids(order_people(other, "en", unicode_, &earlier)), ElementsAre(2, 1));
}

}  // namespace
}  // namespace pastille
