#include "core/language_tag.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

TEST(LanguageTag, IsWrittenInItsUsualCase) {
  EXPECT_EQ(parse_language_tag("FR"), "fr");
  EXPECT_EQ(parse_language_tag("pt-br"), "pt-BR");
  EXPECT_EQ(parse_language_tag("ZH-hANS-tw"), "zh-Hans-TW");
  EXPECT_EQ(parse_language_tag("sl-Rozaj-1994"), "sl-rozaj-1994");
  EXPECT_EQ(parse_language_tag("de-u-CO-phonebk"), "de-u-co-phonebk");
  EXPECT_EQ(parse_language_tag("es-419"), "es-419");
}

TEST(LanguageTag, IsRefusedWhenItIsNotWellFormed) {
  for (const char* text : {"", "x", "7", "fr-", "-fr", "fr--CA", "not a language", "fr_FR", "f1",
                           "français", "fr-toolonglong"}) {
    EXPECT_FALSE(parse_language_tag(text)) << text;
  }
}

TEST(LanguageTag, HasAtMost35Characters) {
  EXPECT_TRUE(parse_language_tag("de-abcdefgh-abcdefgh-abcdefgh-abcdef"  // 36
                                 ) == std::nullopt);
  EXPECT_TRUE(parse_language_tag("de-abcdefgh-abcdefgh-abcdefgh-abcde").has_value());  // 35
}

}  // namespace
}  // namespace pastille
