#include "core/presence.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

using namespace std::chrono_literals;

constexpr StatusId kLunch{7};
constexpr StatusId kTraining{8};
const Time kNine = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 9h);

Choice lunch(std::optional<Time> until = {}) {
  return Choice{.status = kLunch, .type = StatusType::kAbsent, .note = "back soon", .until = until};
}
Presence present() { return arrive(Presence{}, Arrival{}, std::nullopt, kNine); }

TEST(Presence, ArrivesConnectedByDefault) {
  const Presence after = present();
  EXPECT_EQ(after.entry.status, system_status(StatusType::kConnected));
  EXPECT_EQ(after.entry.since, kNine);
  EXPECT_FALSE(after.entry.until);
}

TEST(Presence, ArrivesWithTheLastChosenWhenAskedTo) {
  const Arrival arrival{.preference = StatusAtSignIn::kLast,
                        .last = {.status = kTraining, .type = StatusType::kBusy}};
  EXPECT_EQ(arrive(Presence{}, arrival, std::nullopt, kNine).entry.status, kTraining);
}

TEST(Presence, ArrivesWithThePendingChoiceOnce) {
  Presence offline = choose(Presence{}, lunch(), kNine);
  ASSERT_TRUE(offline.pending);
  EXPECT_TRUE(offline.entry.offline());
  const Presence after = arrive(offline, Arrival{}, lunch(), kNine + 1h);
  EXPECT_EQ(after.entry.status, kLunch);
  EXPECT_EQ(after.entry.note, "back soon");
  EXPECT_FALSE(after.pending);
}

TEST(Presence, KeepsStatusAndSinceWhenItComesBackWithinTheGrace) {
  const Presence before = choose(present(), lunch(), kNine + 1h);
  const Presence after = arrive(before, Arrival{}, std::nullopt, kNine + 2h);
  EXPECT_EQ(after.entry, before.entry);
}

TEST(Presence, MovesSinceOnlyWhenTheStatusChanges) {
  Presence after = choose(present(), lunch(), kNine + 1h);
  EXPECT_EQ(after.entry.since, kNine + 1h);
  Choice other_note = lunch();
  other_note.note = "ten minutes more";
  after = choose(after, other_note, kNine + 2h);
  EXPECT_EQ(after.entry.since, kNine + 1h);
  EXPECT_EQ(after.entry.note, "ten minutes more");
}

TEST(Presence, NeverMovesSinceBack) {
  const Presence after = choose(present(), lunch(), kNine - 1h);
  EXPECT_EQ(after.entry.since, kNine);
}

TEST(Presence, ReturnsToConnectedWithoutANoteAtItsEndAndNotBefore) {
  const Presence before = choose(present(), lunch(kNine + 30min), kNine);
  EXPECT_EQ(expire(before, kNine + 30min - 1ms).entry, before.entry);
  const Presence after = expire(before, kNine + 30min);
  EXPECT_EQ(after.entry.status, system_status(StatusType::kConnected));
  EXPECT_EQ(after.entry.note, "");
  EXPECT_FALSE(after.entry.until);
  EXPECT_EQ(after.entry.since, kNine + 30min);
}

TEST(Presence, OnlyDropsAPendingChoiceWhenItEndsOffline) {
  const Presence before = choose(Presence{}, lunch(kNine + 30min), kNine);
  const Presence after = expire(before, kNine + 30min);
  EXPECT_FALSE(after.pending);
  EXPECT_TRUE(after.entry.offline());
}

TEST(Presence, ShowsNothingButOfflineAfterLeaving) {
  Presence before = choose(present(), lunch(kNine + 30min), kNine);
  before.entry.rev = 42;
  const Presence after = depart(before);
  EXPECT_TRUE(after.entry.offline());
  EXPECT_EQ(after.entry.note, "");
  EXPECT_FALSE(after.entry.since);
  EXPECT_FALSE(after.entry.until);
  EXPECT_EQ(after.entry.rev, 42U);
  EXPECT_EQ(after.last_chosen, kLunch);
}

TEST(Presence, MovesToTheSystemStatusOfTheTypeWhenItsOwnIsDeleted) {
  const Presence before = choose(present(), lunch(kNine + 2h), kNine);
  const Presence after = move_to_system(before, kLunch, StatusType::kAbsent, kNine + 1h);
  EXPECT_EQ(after.entry.status, system_status(StatusType::kAbsent));
  EXPECT_EQ(after.entry.note, "back soon");
  EXPECT_EQ(after.entry.until, kNine + 2h);
  EXPECT_EQ(after.entry.since, kNine + 1h);
  EXPECT_EQ(after.last_chosen, system_status(StatusType::kAbsent));
}

TEST(Presence, LeavesOthersAloneWhenAStatusIsDeleted) {
  const Presence before = choose(present(), lunch(), kNine);
  EXPECT_EQ(move_to_system(before, kTraining, StatusType::kBusy, kNine).entry, before.entry);
}

TEST(Presence, FallsDueAtTheEndOfWhatIsShownOrPending) {
  EXPECT_FALSE(due(present()));
  EXPECT_EQ(due(choose(present(), lunch(kNine + 1h), kNine)), kNine + 1h);
  EXPECT_EQ(due(choose(Presence{}, lunch(kNine + 1h), kNine)), kNine + 1h);
}

}  // namespace
}  // namespace pastille
