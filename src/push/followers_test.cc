#include "push/followers.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace pastille::push {
namespace {

TEST(Followers, KeepBothSidesTheSameWhateverIsFollowedAndDropped) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  Followers followers;
  std::map<Slot, FollowSet> sets;
  std::map<Slot, std::set<std::uint64_t>> expected;
  const auto set_of = [&](Slot slot) -> FollowSet& { return sets[slot]; };
  for (int step = 0; step < 20'000; ++step) {
    const auto slot = static_cast<Slot>(random() % 20);
    const UserId user{1 + random() % 30};
    switch (random() % 8) {
      case 0:
        followers.drop_all(sets[slot], set_of);
        expected[slot].clear();
        break;
      case 1:
      case 2:
      case 3:
        EXPECT_EQ(followers.drop(sets[slot], user, set_of), expected[slot].erase(user.number) > 0);
        break;
      default:
        EXPECT_EQ(Followers::has(sets[slot], user), expected[slot].contains(user.number));
        if (expected[slot].insert(user.number).second) followers.follow(slot, sets[slot], user);
    }
  }
  for (std::uint64_t number = 1; number <= 30; ++number) {
    std::set<Slot> of_user;
    for (const Followers::Edge& edge : followers.of(UserId{number})) {
      EXPECT_TRUE(of_user.insert(edge.slot).second);
      EXPECT_EQ(sets[edge.slot][edge.position].user, number);
    }
    for (const auto& [slot, users] : expected) {
      EXPECT_EQ(of_user.contains(slot), users.contains(number));
    }
  }
}

TEST(Followers, OfSomebodyNobodyFollowsAreNone) {
  const Followers followers;
  EXPECT_TRUE(followers.of(UserId{7}).empty());
}

}  // namespace
}  // namespace pastille::push
