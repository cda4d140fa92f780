#include "core/outside_text.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

constexpr std::string_view kMark = "\xef\xbf\xbd";  // U+FFFD

std::string marks(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += kMark;
  return out;
}

TEST(OutsideText, TellsUtf8FromWhatIsNot) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\u00e9\u20ac\U0001F600"));
  for (const std::string_view wrong :
       {"\xff", "\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xc3", "\xc3("}) {
    EXPECT_FALSE(is_utf8(wrong));
    EXPECT_EQ(fault_of_text(wrong), TextFault::kNotUtf8);
  }
}

TEST(OutsideText, RefusesControlsAndNoncharacters) {
  for (const std::string_view wrong :
       {std::string_view("a\0b", 3), std::string_view("\x1b[2J"), std::string_view("\x7f"),
        std::string_view("\u0085"), std::string_view("\u009b"), std::string_view("\ufdd0"),
        std::string_view("\uffff"), std::string_view("\U0010FFFE")}) {
    EXPECT_EQ(fault_of_text(wrong), TextFault::kControlCharacter) << wrong;
  }
  EXPECT_EQ(fault_of_text("\x1b\xff"), TextFault::kNotUtf8);
  EXPECT_EQ(fault_of_text("Łukasz, 中文, שלום\u200f, \u2068Ana\u2069, 👩‍💻, \ue000"),
            std::nullopt);
}

TEST(OutsideText, ReplacesWhatCannotBeShown) {
  EXPECT_EQ(printable("a\xff"
                      "b"),
            "a" + marks(1) + "b");
  EXPECT_EQ(printable("\x1b[31mred"), marks(1) + "[31mred");
  EXPECT_EQ(printable(std::string_view("a\0\nb", 4)), "a" + marks(2) + "b");
  EXPECT_EQ(printable("\u009b2J"), marks(1) + "2J");
  EXPECT_EQ(printable("a\u202eb\u2066\u2028"), "a" + marks(1) + "b" + marks(2));
  // A sequence that breaks off is one fault, and what follows it is kept.
  EXPECT_EQ(printable("\xe2\x82"
                      "a"),
            marks(1) + "a");
  EXPECT_EQ(printable("\xe2\x82"), marks(1));
  EXPECT_EQ(printable("\xed\xa0\x80"), marks(3));
}

TEST(OutsideText, KeepsLinesWhereTheyMayStand) {
  EXPECT_EQ(printable_lines("a\tb\r\nc\x1b[2J"), "a\tb\r\nc" + marks(1) + "[2J");
}

TEST(OutsideText, CutsBetweenCharacters) {
  EXPECT_EQ(printable("abcd", 4), "abcd");
  EXPECT_EQ(printable("abcde", 4), "abcd");
  EXPECT_EQ(printable("aaa\u00e9", 4), "aaa");
  EXPECT_EQ(printable("aa\u00e9", 4), "aa\u00e9");
  EXPECT_EQ(printable("a\U0001F600", 4), "a");
  EXPECT_EQ(printable("ab\xff", 4), "ab");  // the mark has three bytes
  EXPECT_EQ(printable("", 4), "");
  EXPECT_EQ(printable("a", 0), "");
}

}  // namespace
}  // namespace pastille
