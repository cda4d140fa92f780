#include "http/live_places.h"

#include <gtest/gtest.h>

#include <vector>

namespace pastille::http {
namespace {

TEST(LivePlaces, OfOnePersonAreAsManyAsOneMayAndTakeNobodyElses) {
  const auto places = std::make_shared<LivePlaces>(2);
  std::vector<std::shared_ptr<const void>> held;
  held.push_back(places->enter(UserId{1}));
  held.push_back(places->enter(UserId{1}));
  EXPECT_NE(held[0], nullptr);
  EXPECT_NE(held[1], nullptr);
  EXPECT_EQ(places->enter(UserId{1}), nullptr);
  EXPECT_NE(places->enter(UserId{2}), nullptr);
  held.pop_back();
  EXPECT_NE(places->enter(UserId{1}), nullptr);
}

TEST(LivePlaces, RememberNobodyWhoHasNone) {
  const auto places = std::make_shared<LivePlaces>(1);
  {
    const auto place = places->enter(UserId{1});
    EXPECT_EQ(places->people(), 1U);
    EXPECT_EQ(places->enter(UserId{1}), nullptr);
  }
  EXPECT_EQ(places->people(), 0U);
}

TEST(LivePlaces, MayOutliveTheCount) {
  auto places = std::make_shared<LivePlaces>(1);
  const auto place = places->enter(UserId{1});
  places = nullptr;  // given back to what nobody else has
}

}  // namespace
}  // namespace pastille::http
