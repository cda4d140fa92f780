#include "core/login.h"

#include <gtest/gtest.h>

#include "core/limits.h"
#include "core/unicode_test.h"

namespace pastille {
namespace {

TEST(Login, IsTakenAsWrittenAndComparedFolded) {
  const Result<Label> login = parse_login(" Zoë@example.com ", kUnicode);
  ASSERT_TRUE(login);
  EXPECT_EQ(login->text, "Zoë@example.com");
  EXPECT_EQ(login->folded, "zoe@example.com");
}

TEST(Login, HasOneToItsMostCharacters) {
  EXPECT_FALSE(parse_login("", kUnicode));
  EXPECT_TRUE(parse_login("x", kUnicode));
  EXPECT_TRUE(parse_login(std::string(limits::kLogin, 'x'), kUnicode));
  EXPECT_FALSE(parse_login(std::string(limits::kLogin + 1, 'x'), kUnicode));
}

TEST(Login, HasNoWhiteSpaceAndNoControlCharacters) {
  EXPECT_FALSE(parse_login("anna lind", kUnicode));
  EXPECT_FALSE(parse_login("anna\u00a0lind", kUnicode));
  EXPECT_FALSE(parse_login("anna\nlind", kUnicode));
}

}  // namespace
}  // namespace pastille
