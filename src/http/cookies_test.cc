#include "http/cookies.h"

#include <gtest/gtest.h>

namespace pastille::http {
namespace {

TEST(SessionCookie, IsFoundAmongOthersByItsWholeName) {
  const CookieRules plain;
  EXPECT_EQ(session_cookie("a=1; pastille_session=abc; b=2", plain), "abc");
  EXPECT_EQ(session_cookie("xpastille_session=abc", plain), std::nullopt);
  EXPECT_EQ(session_cookie("", plain), std::nullopt);
}

TEST(SessionCookie, UnderTlsThePlainNameIsNotBelieved) {
  const CookieRules tls{.secure = true};
  EXPECT_EQ(session_cookie("pastille_session=abc", tls), std::nullopt);
  EXPECT_EQ(session_cookie("__Host-pastille_session=abc", tls), "abc");
}

TEST(SessionCookie, CarriesTheAttributesOfTheContract) {
  EXPECT_EQ(set_session_cookie("x", std::chrono::seconds(60), {}),
            "pastille_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  EXPECT_EQ(set_session_cookie("x", std::chrono::seconds(60), {.secure = true}),
            "__Host-pastille_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
  EXPECT_EQ(set_session_cookie("x", std::chrono::seconds(60), {.secure = true, .framed = true}),
            "__Host-pastille_session=x; Path=/; Max-Age=60; HttpOnly; SameSite=None; Partitioned; "
            "Secure");
  EXPECT_EQ(expire_session_cookie({}),
            "pastille_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
}

TEST(SessionCookie, IsSecureByTheConfigurationOrByTheWordOfAProxy) {
  Request request;
  EXPECT_FALSE(cookie_rules(request, {}).secure);
  EXPECT_TRUE(cookie_rules(request, {.secure = true}).secure);
  request.under_tls = true;
  EXPECT_TRUE(cookie_rules(request, {}).secure);
  EXPECT_FALSE(cookie_rules(request, {}).framed);
  EXPECT_TRUE(cookie_rules(request, {.frame_origins = {"https://crm.example"}}).framed);
}

}  // namespace
}  // namespace pastille::http
