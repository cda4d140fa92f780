#include "http/people_orders.h"

#include <gtest/gtest.h>

#include "core/limits.h"
#include "unicode/icu_unicode.h"

namespace pastille::http {
namespace {

class PeopleOrdersTest : public testing::Test {
 protected:
  PeopleOrdersTest() {
    state_.epochs.push_back({.id = "one", .first_seq = 1});
    put("Anna");
  }
  void put(const std::string& name) {
    state_.apply(PersonPut{Person{.id = UserId{1},
                                  .login = {.text = "a", .folded = "a"},
                                  .display_name = {.text = name, .folded = name},
                                  .rev = state_.directory_version + 1}});
  }
  auto get(const std::string& locale = "en") { return orders_.get(state_, locale, unicode_); }

  IcuUnicode unicode_;
  Organisation state_;
  PeopleOrders orders_;
};

TEST_F(PeopleOrdersTest, AreMadeOnceForAStateAndALanguage) {
  const auto first = get();
  EXPECT_EQ(get(), first);
  EXPECT_NE(get("de"), first);
  Organisation before = state_;
  put("Bo");
  const auto second = get();
  EXPECT_NE(second, first);
  EXPECT_EQ(orders_.get(before, "en", unicode_), second) << "a later one does for an earlier state";
}

TEST_F(PeopleOrdersTest, AreAsManyAsTheLimitAndThoseUsedLastStay) {
  const auto english = get();
  for (std::size_t i = 1; i < limits::kPeopleOrders; ++i) get("x" + std::to_string(i));
  EXPECT_EQ(get(), english);
  const auto oldest = get("x1");
  EXPECT_EQ(get(), english);
  get("one more");
  EXPECT_EQ(get(), english);
  EXPECT_EQ(get("x1"), oldest);
  EXPECT_EQ(english.use_count(), 2);
}

}  // namespace
}  // namespace pastille::http
