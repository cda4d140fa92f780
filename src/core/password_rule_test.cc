#include "core/password_rule.h"

#include <gtest/gtest.h>

#include "core/unicode_test.h"

namespace pastille {
namespace {

bool good(std::string_view password, std::string_view login = "anna") {
  return parse_new_password(password, login, "/password", kUnicode).has_value();
}

TEST(PasswordRule, CountsCharactersNotBytes) {
  EXPECT_FALSE(good("pâté-en"));
  EXPECT_TRUE(good("pâté-en-"));
  EXPECT_TRUE(good(std::string(127, 'x') + "y"));
  EXPECT_FALSE(good(std::string(128, 'x') + "y"));
}

TEST(PasswordRule, HasNoRulesOfComposition) { EXPECT_TRUE(good("correct horse battery staple")); }

TEST(PasswordRule, RefusesTheMostUsedInAnyCase) {
  EXPECT_FALSE(good("Password123"));
  EXPECT_FALSE(good("MOTDEPASSE"));
  EXPECT_FALSE(good("12345678"));
}

TEST(PasswordRule, RefusesWhatOnlyRepeatsOrCounts) {
  EXPECT_FALSE(good("zzzzzzzzzzzz"));
  EXPECT_FALSE(good("ABCDEFGHIJ"));
  EXPECT_FALSE(good("98765432"));
  EXPECT_TRUE(good("zzzzzzzzzzzy"));
}

TEST(PasswordRule, KeepsSpacesAtTheEndsAndComposes) {
  EXPECT_EQ(parse_new_password(" e\u0301lan vital ", "", "/password", kUnicode),
            std::string(" \u00e9lan vital "));
}

TEST(PasswordRule, RefusesTheLoginAndNamesTheField) {
  const auto verdict = parse_new_password("Anna.Lind", "anna.lind", "/new_password", kUnicode);
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().errors.at(0).pointer, "/new_password");
}

TEST(PasswordRule, RefusesWhatIsNotUtf8) { EXPECT_FALSE(good("abcdefgh\xff")); }

}  // namespace
}  // namespace pastille
