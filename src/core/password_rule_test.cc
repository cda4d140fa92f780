#include "core/password_rule.h"

#include <gtest/gtest.h>

#include "unicode/icu_unicode.h"

namespace pastille {
namespace {

const IcuUnicode kUnicode;

bool good(std::string_view password, std::string_view login = "anna") {
  return check_password(password, login, "/password", kUnicode).has_value();
}

TEST(PasswordRule, CountsCharactersNotBytes) {
  EXPECT_FALSE(good("pâté-en"));
  EXPECT_TRUE(good("pâté-en-"));
  EXPECT_TRUE(good(std::string(128, 'x')));
  EXPECT_FALSE(good(std::string(129, 'x')));
}

TEST(PasswordRule, HasNoRulesOfComposition) { EXPECT_TRUE(good("correct horse battery staple")); }

TEST(PasswordRule, RefusesTheMostUsedInAnyCase) {
  EXPECT_FALSE(good("Password123"));
  EXPECT_FALSE(good("MOTDEPASSE"));
  EXPECT_FALSE(good("12345678"));
}

TEST(PasswordRule, RefusesTheLoginAndNamesTheField) {
  const Result<void> verdict = check_password("Anna.Lind", "anna.lind", "/new_password", kUnicode);
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().errors.at(0).pointer, "/new_password");
}

TEST(PasswordRule, RefusesWhatIsNotUtf8) { EXPECT_FALSE(good("abcdefgh\xff")); }

}  // namespace
}  // namespace pastille
