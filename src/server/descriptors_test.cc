#include "server/descriptors.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace pastille::server {
namespace {

TEST(Connections, AreAsManyAsAreWantedWhenDescriptorsAllow) {
  EXPECT_EQ(connections_within(200'000, 50'000), 50'000U);
  EXPECT_EQ(connections_within(50'000 + limits::kDescriptorsKept, 50'000), 50'000U);
}

TEST(Connections, LeaveSomeDescriptorsFree) {
  EXPECT_EQ(connections_within(1'024, 50'000), 1'024 - limits::kDescriptorsKept);
  EXPECT_EQ(connections_within(64, 50'000), 10U);
  EXPECT_GT(most_descriptors(), limits::kDescriptorsKept);
}

}  // namespace
}  // namespace pastille::server
