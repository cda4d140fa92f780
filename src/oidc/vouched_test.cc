#include "oidc/vouched.h"

#include <gtest/gtest.h>

#include "oidc/id_token.h"

namespace pastille::oidc {
namespace {

TEST(Vouched, IsWhatTheTokenSaysAndThenWhatUserinfoDoes) {
  const auto claims =
      parse_object(R"({"iss":"https://id.example","sub":"7","name":"Ana","groups":["a","b",7]})");
  const auto userinfo = parse_object(R"({"name":"Another","preferred_username":"ana"})");
  const Vouched vouched = read_vouched(*claims, *userinfo, "groups");
  EXPECT_EQ(vouched.name, "Ana");
  EXPECT_EQ(vouched.wanted_login, "ana");
  EXPECT_EQ(vouched.groups, (std::vector<std::string>{"a", "b"}));
}

TEST(Vouched, LeavesOutWhatIsNoText) {
  const auto claims = parse_object(
      R"({"sub":"7","name":"A\u0000na","preferred_username":"an\u009ba","email":"ana@example.org",)"
      R"("given_name":"Ana","family_name":"S\u001b[2Janz","locale":"f\u0085r"})");
  const Vouched vouched = read_vouched(*claims, {}, "groups");
  EXPECT_EQ(vouched.name, "Ana");
  EXPECT_EQ(vouched.wanted_login, "ana@example.org");
  EXPECT_EQ(vouched.locale, "");
}

}  // namespace
}  // namespace pastille::oidc
