#include "app/person_shares.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

using namespace std::chrono_literals;

constexpr UserId kAnna{1};
constexpr UserId kBo{2};
constexpr Instant kNow{1h};

TEST(PersonShares, GiveAllOfAQuotaAndNoMore) {
  PersonShares shares;
  const std::uint64_t most = shares.quota(Share::kStatuses).most;
  for (std::uint64_t i = 0; i < most; ++i) {
    ASSERT_FALSE(shares.take(kAnna, Share::kStatuses, 1, kNow).wait) << i;
  }
  const auto refused = shares.take(kAnna, Share::kStatuses, 1, kNow);
  EXPECT_EQ(refused.left, 0U);
  EXPECT_EQ(refused.wait, 3s);  // 1,200 an hour
  EXPECT_EQ(refused.full_in, 1h);
}

TEST(PersonShares, AreTwentyChangesOfNameAnHour) {
  PersonShares shares;
  for (std::size_t i = 0; i < limits::kRenamesPerHour; ++i) {
    ASSERT_FALSE(shares.take(kAnna, Share::kRenames, 1, kNow).wait) << i;
  }
  EXPECT_EQ(shares.take(kAnna, Share::kRenames, 1, kNow).wait, 3min);
  EXPECT_FALSE(shares.take(kAnna, Share::kRenames, 1, kNow + 3min).wait);
}

TEST(PersonShares, FillAgainEvenly) {
  PersonShares shares;
  const std::uint64_t most = shares.quota(Share::kStatuses).most;
  EXPECT_EQ(shares.take(kAnna, Share::kStatuses, most, kNow).left, 0U);
  EXPECT_TRUE(shares.take(kAnna, Share::kStatuses, 1, kNow + 2999ms).wait);
  EXPECT_FALSE(shares.take(kAnna, Share::kStatuses, 1, kNow + 3s).wait);
  EXPECT_FALSE(shares.take(kAnna, Share::kStatuses, most / 2 - 1, kNow + 30min).wait);
  EXPECT_TRUE(shares.take(kAnna, Share::kStatuses, 2, kNow + 30min).wait);
}

TEST(PersonShares, TakeNothingWhenTheyRefuse) {
  PersonShares shares;
  const std::uint64_t most = shares.quota(Share::kMessages).most;
  EXPECT_TRUE(shares.take(kAnna, Share::kMessages, most + 1, kNow).wait);
  EXPECT_FALSE(shares.take(kAnna, Share::kMessages, most, kNow).wait);
}

TEST(PersonShares, AreOfEachPersonAndEachKind) {
  PersonShares shares;
  EXPECT_FALSE(shares.take(kAnna, Share::kKeys, shares.quota(Share::kKeys).most, kNow).wait);
  EXPECT_TRUE(shares.take(kAnna, Share::kKeys, 1, kNow).wait);
  EXPECT_FALSE(shares.take(kBo, Share::kKeys, 1, kNow).wait);
  EXPECT_FALSE(shares.take(kAnna, Share::kStatuses, 1, kNow).wait);
}

TEST(PersonShares, SayWhatIsLeft) {
  PersonShares shares;
  const auto taken = shares.take(kAnna, Share::kChanges, 1, kNow);
  EXPECT_EQ(taken.left, limits::kChangesPerMinute - 1);
  EXPECT_EQ(taken.full_in, 1s);
}

}  // namespace
}  // namespace pastille
