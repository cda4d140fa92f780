#include "http/held_bytes.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace pastille::http {
namespace {

TEST(HeldBytes, AreAsManyAsTheLimitOfEachPersonAndComeBack) {
  const auto all = std::make_shared<HeldBytes>();
  auto most = all->hold(UserId{1}, limits::kHeldPerPerson);
  EXPECT_NE(most, nullptr);
  EXPECT_EQ(all->hold(UserId{1}, 1), nullptr);
  EXPECT_NE(all->hold(UserId{2}, limits::kHeldPerPerson), nullptr);
  most.reset();
  EXPECT_EQ(all->hold(UserId{1}, limits::kHeldPerPerson + 1), nullptr);
  EXPECT_NE(all->hold(UserId{1}, 1), nullptr);
}

}  // namespace
}  // namespace pastille::http
