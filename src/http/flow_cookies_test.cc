#include "http/flow_cookies.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace pastille::http {
namespace {

const CookieRules kFlowRules{.organisation = "01234567"};
const CookieRules kTls{.secure = true, .organisation = "01234567"};

Time at(std::int64_t milliseconds) { return Time(Duration(milliseconds)); }

// As a browser sends it back.
std::string sent(std::size_t place, std::int64_t begun, const std::string& state,
                 const CookieRules& rules = kFlowRules) {
  const std::string set = set_flow_cookie(place, at(begun), state, "sealed-" + state, rules);
  return set.substr(0, set.find(';')) + "; ";
}

TEST(FlowCookies, AreTheBrowsersAloneForTenMinutes) {
  EXPECT_EQ(set_flow_cookie(1, at(17), "state", "sealed", kFlowRules),
            "pastille_sign_in_01234567_1=17.state.sealed; Path=/auth/oidc; Max-Age=600; HttpOnly;"
            " SameSite=Lax");
  EXPECT_EQ(set_flow_cookie(0, at(17), "state", "sealed", kTls),
            "__Host-pastille_sign_in_01234567_0=17.state.sealed; Path=/; Max-Age=600; HttpOnly;"
            " SameSite=Lax; Secure");
  EXPECT_EQ(expire_flow_cookie(1, kFlowRules),
            "pastille_sign_in_01234567_1=; Path=/auth/oidc; Max-Age=0; HttpOnly; SameSite=Lax");
}

TEST(FlowCookies, AreFoundByTheirState) {
  const std::string cookies = "a=1; " + sent(0, 1, "one") + sent(3, 2, "two") + "b=2";
  EXPECT_EQ(flow_cookie(cookies, "one", kFlowRules)->place, 0U);
  EXPECT_EQ(flow_cookie(cookies, "two", kFlowRules)->place, 3U);
  EXPECT_EQ(flow_cookie(cookies, "two", kFlowRules)->sealed, "sealed-two");
  EXPECT_FALSE(flow_cookie(cookies, "three", kFlowRules));
  EXPECT_FALSE(flow_cookie(cookies, "", kFlowRules));
  EXPECT_FALSE(flow_cookie("", "one", kFlowRules));
}

TEST(FlowCookies, UnderTlsThePlainNameIsNotBelieved) {
  EXPECT_FALSE(flow_cookie(sent(0, 1, "one"), "one", kTls));
  EXPECT_TRUE(flow_cookie(sent(0, 1, "one", kTls), "one", kTls));
}

TEST(FlowCookies, AreNoneWhenTheyAreNotOfTheirForm) {
  for (const char* value : {"", "1", "1.one", "1.one.", "1..sealed", ".one.sealed", "x.one.sealed",
                            "-1.one.sealed", "99999999999999999999.one.sealed"}) {
    const std::string cookies = std::string("pastille_sign_in_01234567_0=") + value;
    EXPECT_FALSE(flow_cookie(cookies, "one", kFlowRules)) << value;
    EXPECT_EQ(place_of_next_flow(cookies + "; " + sent(1, 1, "other"), kFlowRules), 0U) << value;
  }
}

TEST(FlowCookies, FillTheirPlacesAndThenReplaceTheOldest) {
  std::string cookies;
  for (std::size_t place = 0; place < limits::kOidcFlowsPerBrowser; ++place) {
    EXPECT_EQ(place_of_next_flow(cookies, kFlowRules), place);
    // The second is the oldest.
    cookies += sent(place, place == 1 ? 5 : 10 + static_cast<std::int64_t>(place), "s");
  }
  EXPECT_EQ(place_of_next_flow(cookies, kFlowRules), 1U);
  EXPECT_EQ(place_of_next_flow(cookies, kTls), 0U);
}

TEST(FlowCookies, LeaveRoomInTheHeadersForEverythingElse) {
  std::size_t size = 0;
  for (std::size_t place = 0; place < limits::kOidcFlowsPerBrowser; ++place) {
    const std::string set = set_flow_cookie(place, at(1'795'000'000'000), std::string(43, 's'),
                                            std::string(limits::kOidcSealedBytes, 'x'), kTls);
    EXPECT_LE(set.size(), 4'096U);  // what browsers take
    size += set.find(';') + 2;
  }
  EXPECT_LE(size, limits::kHeaderBytes * 2 / 3);
}

}  // namespace
}  // namespace pastille::http
