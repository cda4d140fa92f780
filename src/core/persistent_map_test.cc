#include "core/persistent_map.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace pastille {
namespace {

using Map = PersistentMap<int, std::string>;

std::vector<std::pair<int, std::string>> content(const Map& map) {
  std::vector<std::pair<int, std::string>> all;
  map.for_each([&](int key, const std::string& value) { all.emplace_back(key, value); });
  return all;
}

TEST(PersistentMap, KeepsACopyAsItWasWhenTheOriginalChanges) {
  Map map;
  map.set(1, "one");
  map.set(2, "two");
  const Map before = map;

  map.set(1, "changed");
  map.erase(2);
  map.set(3, "three");

  EXPECT_EQ(content(before), (std::vector<std::pair<int, std::string>>{{1, "one"}, {2, "two"}}));
  EXPECT_EQ(content(map), (std::vector<std::pair<int, std::string>>{{1, "changed"}, {3, "three"}}));
}

TEST(PersistentMap, SharesWhatDidNotChangeWithItsCopies) {
  Map map;
  for (int key = 0; key < 1'000; ++key) map.set(key, std::to_string(key));
  const Map before = map;
  map.set(999, "changed");
  EXPECT_EQ(before.find(0), map.find(0));
  EXPECT_NE(before.find(999), map.find(999));
}

TEST(PersistentMap, ErasesOnlyWhatIsThere) {
  Map map;
  EXPECT_FALSE(map.erase(1));
  map.set(1, "one");
  EXPECT_TRUE(map.erase(1));
  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.find(1), nullptr);
}

TEST(PersistentMap, VisitsInOrderFromAKeyUntilToldToStop) {
  Map map;
  for (int key = 20; key > 0; key -= 2) map.set(key, "");
  std::vector<int> visited;
  map.for_each_from(7, [&](int key, const std::string&) {
    visited.push_back(key);
    return visited.size() < 3;
  });
  EXPECT_EQ(visited, (std::vector<int>{8, 10, 12}));
}

TEST(PersistentMap, HoldsWhatAStandardMapHoldsAfterRandomChanges) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  Map map;
  std::map<int, std::string> expected;
  for (int step = 0; step < 20'000; ++step) {
    const int key = static_cast<int>(random() % 700);
    if (random() % 3 == 0) {
      EXPECT_EQ(map.erase(key), expected.erase(key) == 1);
    } else {
      map.set(key, std::to_string(step));
      expected[key] = std::to_string(step);
    }
    ASSERT_EQ(map.size(), expected.size());
    if (step % 1'000 == 0) {
      ASSERT_EQ(content(map),
                (std::vector<std::pair<int, std::string>>(expected.begin(), expected.end())));
    }
  }
}

int comparisons = 0;
struct CountingLess {
  bool operator()(int a, int b) const {
    ++comparisons;
    return a < b;
  }
};

// <3, 2>: neither side outweighs the other more than three times, so a path is at most
// log(n + 1) / log(4/3) long; each step compares twice.
void expect_short_paths(const PersistentMap<int, int, CountingLess>& map, int most_key) {
  const double longest = std::log(static_cast<double>(map.size()) + 1) / std::log(4.0 / 3.0);
  for (int key = 0; key <= most_key; ++key) {
    comparisons = 0;
    map.find(key);
    ASSERT_LE(comparisons, 2 * (longest + 1)) << "key " << key << " of " << map.size();
  }
}

TEST(PersistentMap, StaysBalancedWhenKeysComeInOrder) {
  constexpr int kMost = 4'096;
  PersistentMap<int, int, CountingLess> map;
  for (int key = 0; key <= kMost; ++key) map.set(key, key);
  expect_short_paths(map, kMost);
}

TEST(PersistentMap, StaysBalancedWhenKeysLeaveInOrder) {
  constexpr int kMost = 4'096;
  PersistentMap<int, int, CountingLess> map;
  for (int key = 0; key <= kMost; ++key) map.set(key, key);
  for (int key = 0; key < kMost * 15 / 16; ++key) map.erase(key);
  expect_short_paths(map, kMost);
}

}  // namespace
}  // namespace pastille
