#include "http/cookies.h"

#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

Organisation organisation() {
  Organisation made;
  made.own_id = "0123456789abcdef0123456789abcdef";
  return made;
}

const CookieRules kPlain{.organisation = "01234567"};

// The session whose secret is "pss_ours" is known.
class SessionCookie : public testing::Test {
 protected:
  SessionCookie() {
    state.apply(SessionPut{
        Session{.id = SessionId{7}, .user = UserId{1}, .secret = secrets.hash("pss_ours")}});
  }
  SessionId found(const std::string& cookies, bool secure = false) {
    Request request;
    request.fields.emplace_back("cookie", cookies);
    unknown = names_unknown_session(request, state, secrets, {.secure = secure});
    return browser_session(request, state, secrets, {.secure = secure});
  }

  CountedSecrets secrets;
  Organisation state = organisation();
  bool unknown = false;
};

TEST_F(SessionCookie, IsFoundAmongOthersByItsWholeName) {
  EXPECT_EQ(found("a=1; pastille_session_01234567=pss_ours; b=2"), SessionId{7});
  EXPECT_EQ(found("xpastille_session_01234567=pss_ours"), SessionId{});
  EXPECT_EQ(found("pastille_session_01234567="), SessionId{});
  EXPECT_EQ(found(""), SessionId{});
  EXPECT_FALSE(unknown);
}

TEST_F(SessionCookie, OfAnotherServerOnTheHostIsNotOurs) {
  EXPECT_EQ(found("pastille_session_89abcdef=pss_ours"), SessionId{});
  EXPECT_FALSE(unknown);
  EXPECT_EQ(found("pastille_session_89abcdef=pss_other; pastille_session_01234567=pss_ours"),
            SessionId{7});
}

TEST_F(SessionCookie, OfAnEarlierVersionIsHonoured) {
  EXPECT_EQ(found("pastille_session=pss_ours"), SessionId{7});
  EXPECT_EQ(found("pastille_session=pss_other; pastille_session_01234567=pss_ours"), SessionId{7});
  EXPECT_EQ(found("pastille_session=pss_ours; pastille_session_01234567=pss_over"), SessionId{7});
  EXPECT_EQ(found("pastille_session=pss_other"), SessionId{});
  EXPECT_TRUE(unknown);
}

TEST_F(SessionCookie, UnderTlsThePlainNameIsNotBelieved) {
  EXPECT_EQ(found("pastille_session_01234567=pss_ours; pastille_session=pss_ours", true),
            SessionId{});
  EXPECT_EQ(found("__Host-pastille_session_01234567=pss_ours", true), SessionId{7});
}

TEST_F(SessionCookie, CarriesTheAttributesOfTheContract) {
  const ClearSecret x("x");
  const auto life = std::chrono::seconds(60);
  EXPECT_EQ(set_session_cookie(x, life, kPlain),
            "pastille_session_01234567=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  CookieRules tls = kPlain;
  tls.secure = true;
  EXPECT_EQ(
      set_session_cookie(x, life, tls),
      "__Host-pastille_session_01234567=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
  tls.framed = true;
  EXPECT_EQ(set_session_cookie(x, life, tls),
            "__Host-pastille_session_01234567=x; Path=/; Max-Age=60; HttpOnly; SameSite=None; "
            "Partitioned; Secure");
}

TEST_F(SessionCookie, EndsUnderBothNames) {
  const auto expired = expire_session_cookies(kPlain);
  EXPECT_EQ(expired[0], "pastille_session_01234567=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  EXPECT_EQ(expired[1], "pastille_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
}

TEST_F(SessionCookie, IsSecureByTheConfigurationOrByTheWordOfAProxy) {
  Request request;
  EXPECT_EQ(cookie_rules(request, {}, state).organisation, "01234567");
  EXPECT_FALSE(cookie_rules(request, {}, state).secure);
  EXPECT_TRUE(cookie_rules(request, {.secure = true}, state).secure);
  request.under_tls = true;
  EXPECT_TRUE(cookie_rules(request, {}, state).secure);
  EXPECT_FALSE(cookie_rules(request, {}, state).framed);
  EXPECT_TRUE(cookie_rules(request, {.frame_origins = {"https://crm.example"}}, state).framed);
}

}  // namespace
}  // namespace pastille::http
