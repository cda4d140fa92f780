#include "push/tails.h"

#include <gtest/gtest.h>

namespace pastille::push {
namespace {

SharedFrame frame_of(std::size_t bytes) {
  return shared_frame(FrameKind::kChanges, std::string(bytes, 'x'));
}

TEST(Tails, AreMadeOnceForACursorAndAnewForAnotherVersion) {
  Tails tails;
  int made = 0;
  const auto make = [&] {
    ++made;
    return frame_of(10);
  };
  const SharedFrame first = tails.since(3, 9, make);
  EXPECT_EQ(tails.since(3, 9, make), first);
  EXPECT_NE(tails.since(4, 9, make), first);
  EXPECT_EQ(made, 2);
  EXPECT_NE(tails.since(3, 10, make), first);
  EXPECT_EQ(made, 3);
}

TEST(Tails, OfManyCursorsInAQuietHourAreNotAllKept) {
  Tails tails;
  for (std::uint64_t from = 0; from < limits::kTailsKept; ++from) {
    tails.since(from, 1'000'000, [] { return SharedFrame(); });
  }
  EXPECT_EQ(tails.kept(), limits::kTailsKept);
  tails.since(limits::kTailsKept, 1'000'000, [] { return SharedFrame(); });
  EXPECT_EQ(tails.kept(), 1U);
}

TEST(Tails, ThatAreLargeAreNotAllKept) {
  Tails tails;
  const std::size_t half = limits::kTailsBytes / 2;
  for (std::uint64_t from = 0; from < 10; ++from) {
    tails.since(from, 1'000'000, [&] { return frame_of(half - 100); });
    EXPECT_LE(tails.bytes(), limits::kTailsBytes);
  }
  EXPECT_EQ(tails.kept(), 2U);
}

}  // namespace
}  // namespace pastille::push
