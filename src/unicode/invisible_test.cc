#include "unicode/invisible.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

TEST(Invisible, IsTakenOut) {
  EXPECT_EQ(without_invisible("\ufeffa\u200bb\u00ad\u200e\u200f\u2060"), "ab");
  EXPECT_EQ(without_invisible("\u202aa\u202c\u2068b\u2069\u061c"), "ab");
  EXPECT_EQ(without_invisible("a\u3164\uffa0\u115f\u034fb"), "ab");
  EXPECT_EQ(without_invisible("a\u200db\u200c"), "ab");
  EXPECT_EQ(without_invisible("\ufe0fa \ufe0f"), "a ");
  EXPECT_EQ(without_invisible("a\U000E0067"), "a");
  EXPECT_EQ(without_invisible("a\u2028b\u2029c"), "a b c");
  EXPECT_EQ(without_invisible("a b\nc\u00a0é"), "a b\nc\u00a0é");
}

TEST(Invisible, StaysWhereAScriptOrAnEmojiNeedsIt) {
  for (const std::string_view whole :
       {"👩\u200d💻", "👩🏽\u200d💻", "🏳\ufe0f\u200d🌈", "👨\u200d👩\u200d👧", "\u2615\ufe0f",
        "\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F", "می\u200cخواهم",
        "क्\u200dष", "क्\u200cष", "ක්\u200dෂ", "ರ\u200d್ಕ", "র\u200d্য", "葛\U000E0100", "ᠭ\u180bᠠ",
        "ᠬᠠᠨ\u180eᠠ"}) {
    EXPECT_EQ(without_invisible(whole), whole);
  }
  EXPECT_EQ(without_invisible("می\u200c\u200c\u200cخ"), "می\u200cخ");
}

TEST(Invisible, ABlankSymbolIsASpace) {
  EXPECT_EQ(without_invisible("Ana\u2800"), "Ana ");
  EXPECT_EQ(without_invisible("\U0001D159Ana\u2800Sanz"), " Ana Sanz");
  EXPECT_EQ(without_invisible("\u2801\u2800\u28ff"), "\u2801 \u28ff");
}

TEST(Invisible, IsNothingToShow) {
  for (const std::string_view blank :
       {"", " ", "\u3000", "\u3164", "\u2800", "\u0301", "\U0001D159", "\u200d\ufe0f", "\ufff9"}) {
    EXPECT_FALSE(shows_something(blank)) << blank;
  }
  for (const std::string_view seen : {"a", "☕", "⠁", "\u0600", "\U000323B0", "\ue000", " a "}) {
    EXPECT_TRUE(shows_something(seen)) << seen;
  }
}

}  // namespace
}  // namespace pastille
