#include "unicode/icu_unicode.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

const IcuUnicode kUnicode;

TEST(IcuUnicode, TidiesToNfcWithoutWhiteSpaceAtTheEnds) {
  EXPECT_EQ(kUnicode.tidy("  cafe\u0301\u00a0\t"), "caf\u00e9");
  EXPECT_EQ(kUnicode.tidy(" \u3000 "), "");
}

TEST(IcuUnicode, RefusesWhatIsNotUtf8) {
  EXPECT_FALSE(kUnicode.tidy("\xff"));
  EXPECT_FALSE(kUnicode.tidy("\xc0\x80"));
  EXPECT_FALSE(kUnicode.tidy("\xed\xa0\x80"));  // a surrogate
  EXPECT_FALSE(kUnicode.tidy("abc\xe2\x82"));
}

TEST(IcuUnicode, FindsWhiteSpaceOfAnyScript) {
  EXPECT_TRUE(kUnicode.has_white_space("a b"));
  EXPECT_TRUE(kUnicode.has_white_space("a\u3000b"));
  EXPECT_TRUE(kUnicode.has_white_space("a\u00a0"));
  EXPECT_FALSE(kUnicode.has_white_space("łukasz.żółć@example.org"));
}

TEST(IcuUnicode, KnowsASingleGrapheme) {
  EXPECT_TRUE(kUnicode.is_single_grapheme("☕"));
  EXPECT_TRUE(kUnicode.is_single_grapheme("👩‍👩‍👧‍👦"));
  EXPECT_TRUE(kUnicode.is_single_grapheme("🇫🇷"));
  EXPECT_FALSE(kUnicode.is_single_grapheme("☕☕"));
  EXPECT_FALSE(kUnicode.is_single_grapheme(""));
}

TEST(IcuUnicode, CutsBetweenGraphemes) {
  EXPECT_EQ(kUnicode.cut("abcdef", 4), "abcd");
  EXPECT_EQ(kUnicode.cut("abcdef", 6), "abcdef");
  EXPECT_EQ(kUnicode.cut("ab👩‍👩‍👧‍👦", 4), "ab");
}

TEST(IcuUnicode, OrdersAsTheLocaleDoes) {
  const auto before = [](std::string_view left, std::string_view right, std::string_view locale) {
    return kUnicode.sort_key(left, locale) < kUnicode.sort_key(right, locale);
  };
  EXPECT_TRUE(before("élan", "zèbre", "fr"));
  EXPECT_TRUE(before("Apfel", "Äpfel", "de"));
  EXPECT_TRUE(before("Zebra", "Öl", "sv"));  // ö comes after z
  EXPECT_TRUE(before("Öl", "Zebra", "de"));
  EXPECT_TRUE(before("a", "b", "not a locale at all"));
}

TEST(IcuUnicode, KnowsTheLanguagesOfIso639) {
  const IcuUnicode icu;
  for (const char* tag : {"fr", "pt-BR", "zh-Hans-TW", "haw", "de-u-co-phonebk"}) {
    EXPECT_TRUE(icu.knows_language(tag)) << tag;
  }
  for (const char* tag : {"xx", "", "english", "zzz", "deutsch"}) {
    EXPECT_FALSE(icu.knows_language(tag)) << tag;
  }
}

}  // namespace
}  // namespace pastille
