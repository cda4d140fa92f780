#include "push/followers.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <random>
#include <set>

#include "core/limits.h"

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
  constexpr std::uint64_t kPeople = 90;  // so that some sets have an index and some have none
  for (int step = 0; step < 40'000; ++step) {
    const auto slot = static_cast<Slot>(random() % 20);
    const UserId user{1 + random() % kPeople};
    switch (random() % 200) {
      case 0:
        followers.drop_all(sets[slot], set_of);
        expected[slot].clear();
        break;
      default:
        EXPECT_EQ(sets[slot].has(user), expected[slot].contains(user.number));
        if (random() % 2 == 0) {
          EXPECT_EQ(followers.drop(sets[slot], user, set_of),
                    expected[slot].erase(user.number) > 0);
        } else {
          EXPECT_EQ(followers.follow(slot, sets[slot], user),
                    expected[slot].insert(user.number).second);
        }
    }
  }
  for (std::uint64_t number = 1; number <= kPeople; ++number) {
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

TEST(Followers, AreAskedForAsFastInALargeSetAsInASmallOne) {
  Followers followers;
  FollowSet small;
  FollowSet large;
  for (std::uint64_t i = 0; i < limits::kFollowMost; ++i) {
    if (i < 20) followers.follow(0, small, UserId{1 + i * 7});
    followers.follow(1, large, UserId{1 + i * 7});
  }
  const auto time_of = [](const FollowSet& set) {
    const auto began = std::chrono::steady_clock::now();
    for (std::uint64_t number = 1; number <= 500'000; ++number) {
      EXPECT_EQ(set.has(UserId{number}), number % 7 == 1 && (number - 1) / 7 < set.size());
    }
    return std::chrono::steady_clock::now() - began;
  };
  // A hundred times as many to look through would take a hundred times as long.
  EXPECT_LT(time_of(large), 20 * time_of(small));
}

TEST(Followers, OfSomebodyNobodyFollowsAreNone) {
  const Followers followers;
  EXPECT_TRUE(followers.of(UserId{7}).empty());
}

}  // namespace
}  // namespace pastille::push
