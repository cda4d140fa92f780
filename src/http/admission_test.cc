#include "http/admission.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace pastille::http {
namespace {

using Full = Admission::Full;

std::shared_ptr<Admission> admission(std::size_t all, std::size_t per_address) {
  return std::make_shared<Admission>(Admission::Most{all, per_address},
                                     std::vector<std::string>{"10.0.0.1"});
}

TEST(AnAddress, HasAsManyPlacesAsTheLimitSaysAndNoMore) {
  const auto door = admission(10, 2);
  auto first = door->enter("203.0.113.9");
  const auto second = door->enter("203.0.113.9");
  EXPECT_TRUE(first && second);
  EXPECT_EQ(door->enter("203.0.113.9").error(), Full::kAddress);
  EXPECT_TRUE(door->enter("203.0.113.10")) << "others are not concerned";
  first->reset();
  EXPECT_TRUE(door->enter("203.0.113.9")) << "a place was given back";
}

TEST(AnAddress, OfIPv6IsTheNetworkOfOneHost) {
  const auto door = admission(10, 1);
  const auto one = door->enter("2001:db8:1:2::1");
  EXPECT_EQ(door->enter("2001:db8:1:2:ffff::9").error(), Full::kAddress);
  EXPECT_TRUE(door->enter("2001:db8:1:3::1"));
  EXPECT_EQ(neighbourhood("2001:db8:1:2:3::4"), "2001:db8:1:2::/64");
  EXPECT_EQ(neighbourhood("203.0.113.9"), "203.0.113.9");
}

TEST(AListedProxy, StandsForManyPeople) {
  const auto door = admission(3, 1);
  const auto one = door->enter("10.0.0.1");
  const auto two = door->enter("10.0.0.1");
  EXPECT_TRUE(one && two);
  const auto three = door->enter("10.0.0.1");
  EXPECT_EQ(door->enter("10.0.0.1").error(), Full::kAll);
}

TEST(AllTogether, HaveAsManyPlacesAsTheLimitSaysAndNoMore) {
  const auto door = admission(2, 2);
  const auto one = door->enter("203.0.113.1");
  {
    const auto two = door->enter("203.0.113.2");
    EXPECT_TRUE(two);
    EXPECT_EQ(door->enter("203.0.113.3").error(), Full::kAll);
  }
  EXPECT_TRUE(door->enter("203.0.113.3"));
}

TEST(APlace, MayBeGivenBackAfterTheDoorIsGone) {
  auto door = admission(1, 1);
  const auto place = door->enter("203.0.113.9");
  door.reset();
  EXPECT_TRUE(place);
}

TEST(WhoIsTurnedAway, IsToldWhyUnlessManyAreAtOnce) {
  const auto door = admission(0, 0);
  std::vector<Admission::Place> told;
  for (std::size_t i = 0; i < limits::kTurnedAwayAtOnce; ++i) told.push_back(door->tell_why());
  EXPECT_NE(told.back(), nullptr);
  EXPECT_EQ(door->tell_why(), nullptr);
  told.pop_back();
  EXPECT_NE(door->tell_why(), nullptr);
}

}  // namespace
}  // namespace pastille::http
