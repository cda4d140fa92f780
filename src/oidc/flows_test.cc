#include "oidc/flows.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace pastille::oidc {
namespace {

SecretHash hash_of(std::size_t number) {
  SecretHash hash{};
  hash[0] = static_cast<std::uint8_t>(number);
  hash[1] = static_cast<std::uint8_t>(number >> 8U);
  return hash;
}

const SecretHash kBrowser = hash_of(7);
const SecretHash kOther = hash_of(8);

Flow flow_at(Instant begun) { return Flow{.nonce = "nonce", .browser = kBrowser, .begun = begun}; }

TEST(FlowsTest, IsGoodOnceAndInItsBrowserOnly) {
  Flows flows;
  flows.add(hash_of(1), flow_at({}));
  EXPECT_FALSE(flows.take(hash_of(2), kBrowser, {}));
  EXPECT_FALSE(flows.take(hash_of(1), kOther, {}));
  const auto taken = flows.take(hash_of(1), kBrowser, {});
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->nonce, "nonce");
  EXPECT_FALSE(flows.take(hash_of(1), kBrowser, {}));
}

TEST(FlowsTest, IsGoodForTenMinutesAndNoLonger) {
  Flows flows;
  const Instant end = Instant{} + limits::kOidcFlowLife;
  flows.add(hash_of(1), flow_at({}));
  flows.add(hash_of(2), flow_at({}));
  EXPECT_TRUE(flows.take(hash_of(1), kBrowser, end - std::chrono::milliseconds(1)));
  EXPECT_FALSE(flows.take(hash_of(2), kBrowser, end));
}

TEST(FlowsTest, ForgetsTheOldestBeyondItsLimitAndNoneBefore) {
  Flows flows;
  for (std::size_t i = 0; i < limits::kOidcFlows; ++i) flows.add(hash_of(i), flow_at({}));
  EXPECT_EQ(flows.size(), limits::kOidcFlows);
  flows.add(hash_of(limits::kOidcFlows), flow_at({}));
  EXPECT_EQ(flows.size(), limits::kOidcFlows);
  EXPECT_FALSE(flows.take(hash_of(0), kBrowser, {}));
  EXPECT_TRUE(flows.take(hash_of(1), kBrowser, {}));
}

TEST(FlowsTest, ForgetsThoseThatAreTooOldWhenAnotherBegins) {
  Flows flows;
  flows.add(hash_of(1), flow_at({}));
  flows.add(hash_of(2), flow_at(Instant{} + limits::kOidcFlowLife));
  EXPECT_EQ(flows.size(), 1U);
}

}  // namespace
}  // namespace pastille::oidc
