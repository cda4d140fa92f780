#include "oidc/sealed_flow.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "core/limits.h"

namespace pastille::oidc {
namespace {

constexpr SealingKey kKey{1, 2, 3};
constexpr SealingKey kAnother{1, 2, 4};
constexpr Time kBegun{Duration(1'795'000'000'000)};

class SealedFlow : public ::testing::Test {
 protected:
  SealedFlow() { EXPECT_GE(sodium_init(), 0); }

  static Flow flow(std::string return_to = "/maker?a=1") {
    return {.nonce = std::string(43, 'n'),
            .verifier = std::string(43, 'v'),
            .callback = "https://status.example.org/auth/oidc/callback",
            .return_to = std::move(return_to),
            .begun = kBegun};
  }
};

TEST_F(SealedFlow, ComesBackWholeForItsStateAndKeyAlone) {
  const std::string sealed = seal(flow(), "state", kKey).value();
  EXPECT_EQ(unseal(sealed, "state", kKey, kBegun), flow());
  EXPECT_FALSE(unseal(sealed, "another", kKey, kBegun));
  EXPECT_FALSE(unseal(sealed, "", kKey, kBegun));
  EXPECT_FALSE(unseal(sealed, "state", kAnother, kBegun));
}

TEST_F(SealedFlow, IsGoodForTenMinutesAndNoLonger) {
  constexpr Duration kMoment{1};
  const std::string sealed = seal(flow(), "state", kKey).value();
  EXPECT_TRUE(unseal(sealed, "state", kKey, kBegun + limits::kOidcFlowLife - kMoment));
  EXPECT_FALSE(unseal(sealed, "state", kKey, kBegun + limits::kOidcFlowLife));
}

TEST_F(SealedFlow, IsGoodWhereTheClockIsBehindByLessThanThat) {
  constexpr Duration kMoment{1};
  const std::string sealed = seal(flow(), "state", kKey).value();
  EXPECT_TRUE(unseal(sealed, "state", kKey, kBegun - limits::kOidcFlowLife + kMoment));
  EXPECT_FALSE(unseal(sealed, "state", kKey, kBegun - limits::kOidcFlowLife));
}

TEST_F(SealedFlow, ShowsNothingOfItselfAndIsNeverTheSame) {
  const std::string sealed = seal(flow(), "state", kKey).value();
  EXPECT_EQ(
      sealed.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
  EXPECT_NE(sealed, seal(flow(), "state", kKey));
  for (const char* part : {"nnnnnnnn", "vvvvvvvv", "bm5ubm5u", "dnZ2dnZ2", "maker"}) {
    EXPECT_EQ(sealed.find(part), std::string::npos) << part;
  }
}

TEST_F(SealedFlow, IsNothingOnceAnyOfItsBytesIsAnother) {
  const std::string sealed = seal(flow(), "state", kKey).value();
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    std::string other = sealed;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(unseal(other, "state", kKey, kBegun)) << at;
    EXPECT_FALSE(unseal(sealed.substr(0, at), "state", kKey, kBegun)) << at;
  }
  EXPECT_FALSE(unseal(sealed + "A", "state", kKey, kBegun));
  EXPECT_FALSE(unseal(sealed + "=", "state", kKey, kBegun));
}

TEST_F(SealedFlow, FitsItsCookieUpToTheLimitAndIsNotMadeBeyond) {
  std::size_t most = 0;
  while (seal(flow(std::string(most + 1, 'x')), "state", kKey)) ++most;
  const std::string longest = seal(flow(std::string(most, 'x')), "state", kKey).value();
  EXPECT_EQ(longest.size(), limits::kOidcSealedBytes);
  EXPECT_TRUE(unseal(longest, "state", kKey, kBegun));
  // The longest that people can have.
  Flow all = flow(std::string(limits::kReturnToBytes, 'x'));
  all.callback = "https://" + std::string(253, 'h') + ":65535/auth/oidc/callback";
  EXPECT_TRUE(seal(all, "state", kKey));
}

TEST_F(SealedFlow, IsReadFromItsBytesExactly) {
  const std::string bytes = flow_bytes(flow());
  EXPECT_EQ(parse_flow_bytes(bytes), flow());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(parse_flow_bytes(std::string_view(bytes).substr(0, size))) << size;
  }
  EXPECT_FALSE(parse_flow_bytes(bytes + "x"));
}

}  // namespace
}  // namespace pastille::oidc
