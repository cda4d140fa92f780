#include "oidc/id_token.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "core/limits.h"
#include "oidc/provider.h"
#include "oidc/settings.h"
#include "oidc/url.h"
#include "oidc/vouched.h"

namespace pastille::oidc {
namespace {

namespace json = boost::json;

constexpr std::int64_t kNow = 1'800'000'000;

class ClaimsTest : public testing::Test {
 protected:
  // What is wrong, "" when nothing is.
  std::string fault() const {
    const auto sound = check_claims(claims, {.issuer = "https://id.example.org",
                                             .client_id = "desk",
                                             .nonce = "n",
                                             .now = Time(std::chrono::seconds(kNow))});
    return sound ? "" : sound.error();
  }
  std::string fault_with(std::string_view name, json::value value) {
    const json::object before = claims;
    claims[name] = std::move(value);
    std::string found = fault();
    claims = before;
    return found;
  }
  json::object claims{{"iss", "https://id.example.org"},
                      {"sub", "1"},
                      {"aud", "desk"},
                      {"exp", kNow + 300},
                      {"iat", kNow},
                      {"nonce", "n"}};
};

TEST_F(ClaimsTest, TakesWhatIsRight) {
  EXPECT_EQ(fault(), "");
  EXPECT_EQ(fault_with("aud", json::array{"desk"}), "");
  EXPECT_EQ(fault_with("azp", "desk"), "");
}

TEST_F(ClaimsTest, AllowsClocksAMinuteAndNotMore) {
  EXPECT_EQ(fault_with("exp", kNow - 59), "");
  EXPECT_NE(fault_with("exp", kNow - 60), "");
  EXPECT_EQ(fault_with("iat", kNow + 60), "");
  EXPECT_NE(fault_with("iat", kNow + 61), "");
  EXPECT_EQ(fault_with("nbf", kNow + 60), "");
  EXPECT_NE(fault_with("nbf", kNow + 61), "");
}

TEST_F(ClaimsTest, RefusesNumbersThatAreNone) {
  for (const json::value& wrong :
       {json::value(nullptr), json::value("1800000300"), json::value(1e300), json::value(true)}) {
    EXPECT_NE(fault_with("exp", wrong), "");
    EXPECT_NE(fault_with("iat", wrong), "");
    EXPECT_NE(fault_with("nbf", wrong), "");
  }
}

TEST_F(ClaimsTest, RefusesAnotherAudience) {
  EXPECT_NE(fault_with("aud", "other"), "");
  EXPECT_NE(fault_with("aud", json::array{}), "");
  EXPECT_NE(fault_with("aud", json::array{"desk", "other"}), "");
  EXPECT_NE(fault_with("azp", "other"), "");
  EXPECT_NE(fault_with("azp", 1), "");
}

TEST_F(ClaimsTest, HoldsASubjectToItsLength) {
  EXPECT_EQ(fault_with("sub", json::value(std::string(limits::kSubjectBytes, 's'))), "");
  EXPECT_NE(fault_with("sub", json::value(std::string(limits::kSubjectBytes + 1, 's'))), "");
  EXPECT_NE(fault_with("sub", ""), "");
  EXPECT_NE(fault_with("sub", "é"), "");
}

TEST(ParseObjectTest, TakesOurDepthAndNoMore) {
  const auto nested = [](std::size_t depth) {
    return R"({"a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  EXPECT_TRUE(parse_object(nested(limits::kJsonDepth)));
  EXPECT_FALSE(parse_object(nested(limits::kJsonDepth + 1)));
  EXPECT_FALSE(parse_object("[]"));
}

TEST(SoundUrlTest, TakesHttpsAndLoopbackOnly) {
  for (const char* sound : {"https://id.example.org", "https://id.example.org:8443/realms/desk?a=b",
                            "http://127.0.0.1:3000/a", "http://[::1]:3000", "http://localhost/"}) {
    EXPECT_TRUE(is_sound_url(sound)) << sound;
  }
  for (const char* wrong :
       {"", "https://", "http://id.example.org", "http://127.0.0.1.example.org/",
        "http://localhost@example.org/", "https://a@b/", "https://a/#b", "https://a/\nb", "ftp://a",
        "file:///etc/passwd", "http://[::1].example.org/", "https://a\\b"}) {
    EXPECT_FALSE(is_sound_url(wrong)) << wrong;
  }
}

TEST(UrlTest, EncodesEverythingThatIsNotPlain) {
  EXPECT_EQ(percent_encoded("a-._~Z9 é&=+/"), "a-._~Z9%20%C3%A9%26%3D%2B%2F");
  std::string url = "https://a/b";
  add_parameter(url, "x", "1 2");
  add_parameter(url, "y", "3");
  EXPECT_EQ(url, "https://a/b?x=1%202&y=3");
}

TEST(PlacesTest, NamesTheIssuerExactly) {
  json::object document{{"issuer", "https://a"},
                        {"authorization_endpoint", "https://a/x"},
                        {"token_endpoint", "https://a/t"},
                        {"jwks_uri", "https://a/k"}};
  EXPECT_TRUE(read_places(document, "https://a"));
  EXPECT_FALSE(read_places(document, "https://a/"));
  document["userinfo_endpoint"] = "http://a/u";
  EXPECT_FALSE(read_places(document, "https://a"));
}

TEST(VouchedTest, TakesTheIdTokensWordFirst) {
  const json::object claims{{"iss", "i"}, {"sub", "s"}, {"name", "Ana"}};
  const json::object userinfo{
      {"name", "Other"}, {"email", "ana@example.org"}, {"g", {"a", 1, "b"}}};
  const Vouched vouched = read_vouched(claims, userinfo, "g");
  EXPECT_EQ(vouched.name, "Ana");
  EXPECT_EQ(vouched.wanted_login, "ana@example.org");
  EXPECT_EQ(vouched.groups, (std::vector<std::string>{"a", "b"}));
}

TEST(VouchedTest, LooksAtAThousandGroupsAndNoMore) {
  json::array groups;
  for (std::size_t i = 0; i <= limits::kOidcGroups; ++i) groups.push_back("g");
  EXPECT_EQ(read_vouched({{"groups", groups}}, {}, "groups").groups.size(), limits::kOidcGroups);
}

}  // namespace
}  // namespace pastille::oidc
