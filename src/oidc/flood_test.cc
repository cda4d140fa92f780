// What bounds sign-ins at a provider.
#include <gtest/gtest.h>

#include <vector>

#include "oidc/turns.h"
#include "oidc/used_flows.h"

namespace pastille::oidc {
namespace {

SecretHash flow(std::size_t number) {
  SecretHash hash{};
  for (std::size_t at = 0; at < 4; ++at) hash[at] = static_cast<std::uint8_t>(number >> (8 * at));
  return hash;
}

TEST(Turns, LeaveRoomToOtherAddresses) {
  Turns turns;
  std::vector<Turns::Turn> taken;
  for (std::size_t count = 0; count < limits::kOidcPerAddress; ++count) {
    taken.push_back(turns.take("203.0.113.9"));
    ASSERT_TRUE(taken.back());
  }
  EXPECT_FALSE(turns.take("203.0.113.9"));
  EXPECT_TRUE(turns.take("203.0.113.10"));
  taken.pop_back();
  EXPECT_TRUE(turns.take("203.0.113.9"));
}

TEST(Turns, AreBoundedForAllAddressesTogether) {
  Turns turns;
  std::vector<Turns::Turn> taken;
  for (std::size_t count = 0; count < limits::kOidcWaiting; ++count) {
    taken.push_back(turns.take(std::to_string(count)));
    ASSERT_TRUE(taken.back());
  }
  EXPECT_FALSE(turns.take("another"));
  taken.clear();
  EXPECT_TRUE(turns.take("another"));
}

TEST(UsedFlows, AreGoodOnce) {
  UsedFlows used;
  const Instant now{std::chrono::hours(1)};
  EXPECT_TRUE(used.use(flow(1), now));
  EXPECT_FALSE(used.use(flow(1), now));
  EXPECT_TRUE(used.use(flow(2), now));
  EXPECT_FALSE(used.use(flow(1), now + 2 * limits::kOidcFlowLife - std::chrono::milliseconds(1)));
}

TEST(UsedFlows, AreForgottenOldestFirstWhenThereAreTooMany) {
  UsedFlows used;
  const Instant now{std::chrono::hours(1)};
  for (std::size_t count = 0; count < limits::kOidcFlowsUsed; ++count) {
    ASSERT_TRUE(used.use(flow(count), now));
  }
  EXPECT_TRUE(used.use(flow(limits::kOidcFlowsUsed), now));
  EXPECT_FALSE(used.use(flow(5), now));
  EXPECT_TRUE(used.use(flow(0), now));
}

}  // namespace
}  // namespace pastille::oidc
