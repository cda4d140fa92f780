#include <gtest/gtest.h>

#include "app/clock_watch.h"
#include "app/deadlines.h"
#include "app/refusal_tally.h"
#include "core/limits.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;

const Now kStart{.wall = Time(1000h), .steady = Instant(1h)};
Now later(Duration wall, Duration steady) { return {kStart.wall + wall, kStart.steady + steady}; }

TEST(ClockWatch, BelievesClocksThatGoTogether) {
  ClockWatch watch(kStart, kStart.wall - 1h);
  EXPECT_FALSE(watch.look(later(10h, 10h)));
  EXPECT_FALSE(watch.look(later(10h + 5min, 10h)));
  EXPECT_FALSE(watch.distrusts(later(10h + 5min, 10h)));
}

TEST(ClockWatch, DistrustsForAnHourWhenTheyPartByMoreThanFiveMinutes) {
  for (const Duration jump : {Duration(5min + 1ms), Duration(-5min - 1ms), Duration(2160h)}) {
    ClockWatch watch(kStart, std::nullopt);
    EXPECT_TRUE(watch.look(later(1min + jump, 1min)));
    EXPECT_FALSE(watch.look(later(2min + jump, 2min)));  // said once
    EXPECT_TRUE(watch.distrusts(later(61min + jump - 1ms, 61min - 1ms)));
    EXPECT_FALSE(watch.distrusts(later(61min + jump, 61min)));
  }
}

TEST(ClockWatch, DistrustsAStartBeforeTheNewestEventOrFarAfterIt) {
  EXPECT_TRUE(ClockWatch(kStart, kStart.wall + 1ms).distrusts(kStart));
  EXPECT_TRUE(ClockWatch(kStart, kStart.wall - 168h - 1ms).distrusts(kStart));
  EXPECT_FALSE(ClockWatch(kStart, kStart.wall - 168h).distrusts(kStart));
  EXPECT_FALSE(ClockWatch(kStart, std::nullopt).distrusts(kStart));
}

AuditItem refusal(std::uint64_t by, const std::string& target) {
  return {.at = kStart.wall,
          .by = {.kind = Author::Kind::kPerson, .user = UserId{by}},
          .action = "own-status.set",
          .target = target,
          .problem = Problem::kOwnStatusOnly};
}

TEST(RefusalTally, WritesTheFirstAtOnceAndTheRestOfItsMinuteTogether) {
  RefusalTally tally;
  EXPECT_TRUE(tally.admit(refusal(1, "u2"), Instant(0min)));
  for (int count = 0; count < 41; ++count) {
    EXPECT_FALSE(tally.admit(refusal(1, "u2"), Instant(30s)));
  }
  EXPECT_TRUE(tally.take_due(Instant(1min - 1ms), 10).empty());
  const std::vector<AuditItem> due = tally.take_due(Instant(1min), 10);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].count, 41U);
  EXPECT_FALSE(tally.next());
}

// Who tries everybody fills neither the memory nor the audit, and keeps no place from others.
TEST(RefusalTally, CountsThoseOfOnePersonBeyondTheBoundTogether) {
  RefusalTally tally;
  for (int target = 0; target < limits::kRefusedTargets; ++target) {
    EXPECT_TRUE(tally.admit(refusal(1, "u" + std::to_string(100 + target)), Instant(0min)));
  }
  EXPECT_TRUE(tally.admit(refusal(1, "u200"), Instant(0min)));
  for (int target = 201; target < 300; ++target) {
    EXPECT_FALSE(tally.admit(refusal(1, "u" + std::to_string(target)), Instant(0min)));
  }
  EXPECT_TRUE(tally.admit(refusal(2, "u200"), Instant(0min)));
  const std::vector<AuditItem> due = tally.take_all();
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].target, "");
  EXPECT_EQ(due[0].count, 99U);
}

TEST(RefusalTally, RecordsNoMoreWhenTooManyAreCounted) {
  RefusalTally tally;
  for (std::uint64_t by = 1; by <= limits::kRefusalsCounted; ++by) {
    EXPECT_TRUE(tally.admit(refusal(by, "u0"), Instant(0min)));
  }
  EXPECT_FALSE(tally.admit(refusal(9'999, "u0"), Instant(0min)));
  tally.take_due(Instant(1min), 10);
  EXPECT_TRUE(tally.admit(refusal(9'999, "u0"), Instant(1min)));
}

TEST(RefusalTally, CountsEachPersonAndTargetByItself) {
  RefusalTally tally;
  EXPECT_TRUE(tally.admit(refusal(1, "u2"), Instant(0min)));
  EXPECT_TRUE(tally.admit(refusal(1, "u3"), Instant(0min)));
  EXPECT_TRUE(tally.admit(refusal(2, "u2"), Instant(0min)));
}

TEST(RefusalTally, LosesNothingWhenAMinuteIsTakenLate) {
  RefusalTally tally;
  EXPECT_TRUE(tally.admit(refusal(1, "u2"), Instant(0min)));
  EXPECT_FALSE(tally.admit(refusal(1, "u2"), Instant(10s)));
  EXPECT_TRUE(tally.admit(refusal(1, "u2"), Instant(2min)));
  const std::vector<AuditItem> left = tally.take_all();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].count, 1U);
}

TEST(RefusalTally, OfMoreTargetsThanTheLimitTheRestIsOneLine) {
  RefusalTally tally;
  const Instant now{1h};
  std::size_t written = 0;
  for (std::size_t target = 0; target < 3'000; ++target) {
    if (tally.admit(refusal(1, "u" + std::to_string(target)), now)) ++written;
  }
  EXPECT_EQ(written, static_cast<std::size_t>(limits::kRefusedTargets) + 1);
  const auto rest = tally.take_due(now + RefusalTally::kEvery, 100);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].target, "");
  EXPECT_EQ(rest[0].count + written, 3'000U);
  EXPECT_FALSE(tally.next());
}

TEST(RefusalTally, LeavesOtherAuditItemsAlone) {
  RefusalTally tally;
  AuditItem done = refusal(1, "s6");
  done.problem.reset();
  EXPECT_TRUE(tally.admit(done, Instant(0min)));
  EXPECT_TRUE(tally.admit(done, Instant(0min)));
}

TEST(Agenda, KeepsOneTimeForAKeyAndGivesThemInOrder) {
  Agenda<int, int> agenda;
  agenda.set(1, 30);
  agenda.set(2, 20);
  agenda.set(1, 10);
  agenda.drop(3);
  EXPECT_EQ(agenda.next(), 10);
  EXPECT_EQ(agenda.take_due(9), std::vector<int>());
  EXPECT_EQ(agenda.take_due(20, 1), std::vector<int>{1});
  EXPECT_EQ(agenda.take_due(20), std::vector<int>{2});
  EXPECT_FALSE(agenda.next());
}

}  // namespace
}  // namespace pastille
