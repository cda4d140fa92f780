#include "push/timer_wheel.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

namespace pastille::push {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSlot{10};
const Instant kStart{std::chrono::hours(1)};

struct Timed : WheelEntry {
  int number = 0;
};

std::vector<int> fired(TimerWheel& wheel, Instant now) {
  std::vector<int> numbers;
  wheel.turn(now, [&](WheelEntry& entry) { numbers.push_back(static_cast<Timed&>(entry).number); });
  return numbers;
}

TEST(TimerWheel, FiresAtItsTimeOrUpToOneSlotLaterAndNeverEarlier) {
  for (int after = 0; after < 100; ++after) {
    TimerWheel wheel(kSlot, kStart);
    Timed timed;
    wheel.set(timed, kStart + milliseconds(after));
    for (int at = 0; at <= after + kSlot.count(); ++at) {
      const bool fires = !fired(wheel, kStart + milliseconds(at)).empty();
      if (fires) {
        EXPECT_GE(at, after);
        break;
      }
    }
    EXPECT_FALSE(timed.set()) << after;
  }
}

TEST(TimerWheel, FiresWhatLiesSeveralRoundsAhead) {
  TimerWheel wheel(kSlot, kStart);
  Timed far;
  const auto length = kSlot * TimerWheel::kSlots * 3;
  wheel.set(far, kStart + length);
  EXPECT_TRUE(fired(wheel, kStart + length - kSlot).empty());
  EXPECT_EQ(fired(wheel, kStart + length + kSlot).size(), 1U);
}

TEST(TimerWheel, MovesAnEntryThatIsSetAgainAndForgetsADroppedOne) {
  TimerWheel wheel(kSlot, kStart);
  Timed moved;
  Timed dropped;
  wheel.set(moved, kStart + milliseconds(10));
  wheel.set(moved, kStart + milliseconds(100));
  wheel.set(dropped, kStart + milliseconds(10));
  dropped.drop();
  EXPECT_TRUE(fired(wheel, kStart + milliseconds(50)).empty());
  EXPECT_EQ(fired(wheel, kStart + milliseconds(120)).size(), 1U);
}

TEST(TimerWheel, LetsAFiringEntrySetItselfAndDropOthers) {
  TimerWheel wheel(kSlot, kStart);
  Timed first;
  Timed second;
  wheel.set(first, kStart);
  wheel.set(second, kStart);
  int fires = 0;
  wheel.turn(kStart + kSlot, [&](WheelEntry& entry) {
    ++fires;
    second.drop();
    wheel.set(entry, kStart + kSlot * 5);
  });
  EXPECT_EQ(fires, 1);
  EXPECT_TRUE(first.set());
}

TEST(TimerWheel, FiresEachOfManyOnce) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  TimerWheel wheel(kSlot, kStart);
  std::array<Timed, 500> many;
  for (int i = 0; i < 500; ++i) {
    many[static_cast<std::size_t>(i)].number = i;
    wheel.set(many[static_cast<std::size_t>(i)], kStart + milliseconds(random() % 20'000));
  }
  std::vector<int> count(500);
  for (Instant now = kStart; now < kStart + milliseconds(21'000); now += milliseconds(37)) {
    for (const int number : fired(wheel, now)) ++count[static_cast<std::size_t>(number)];
  }
  EXPECT_EQ(count, std::vector<int>(500, 1));
}

}  // namespace
}  // namespace pastille::push
