#include "core/label.h"

#include <gtest/gtest.h>

#include "core/unicode_test.h"

namespace pastille {
namespace {

std::string detail(std::string_view text, const LabelRule& rule) {
  const auto label = parse_label(text, rule, kUnicode);
  return label ? "" : label.error().errors.at(0).pointer + ": " + label.error().detail;
}

TEST(Label, IsTidyAndFolded) {
  const auto label = parse_label("  Cafe\u0301 ", {.pointer = "/name", .most = 10}, kUnicode);
  ASSERT_TRUE(label);
  EXPECT_EQ(label->text, "Caf\u00e9");
  EXPECT_EQ(label->folded, "cafe");
}

TEST(Label, CountsCodePointsAfterTrimming) {
  EXPECT_EQ(detail(" éééé ", {.pointer = "/name", .most = 4}), "");
  EXPECT_NE(detail("ééééé", {.pointer = "/name", .most = 4}), "");
  EXPECT_NE(detail("  ", {.pointer = "/name", .most = 4}), "");
  EXPECT_EQ(detail("  ", {.pointer = "/note", .most = 4, .least = 0}), "");
}

TEST(Label, NamesWhereAndWhatIsWrong) {
  EXPECT_EQ(detail("abc", {.pointer = "/name", .most = 2}),
            "/name: 1 to 2 characters, not counting white space at the ends; this has 3.");
  EXPECT_EQ(detail("\xff", {.pointer = "/name", .most = 2}),
            "/name: This is not valid UTF-8. Send text in UTF-8.");
}

TEST(Label, HoldsNoControlCharactersAndLineEndsOnlyWhereAllowed) {
  EXPECT_NE(detail("a\nb", {.pointer = "/name", .most = 9}), "");
  EXPECT_EQ(detail("a\nb", {.pointer = "/text", .most = 9, .message = true}), "");
  EXPECT_NE(detail(std::string_view("a\0b", 3), {.pointer = "/text", .most = 9, .message = true}),
            "");
}

TEST(Label, RefusesControlsAndNoncharactersAndTakesUnassignedOnes) {
  for (const std::string_view wrong :
       {"a\u0085b", "a\u009b", "a\x1b", "a\x7f", "a\ufdd0", "a\uffff"}) {
    EXPECT_NE(detail(wrong, {.pointer = "/name", .most = 9}), "") << wrong;
    EXPECT_NE(detail(wrong, {.pointer = "/text", .most = 9, .message = true}), "") << wrong;
  }
  // Of a later version of Unicode than any table here, and of private use.
  for (const std::string_view good : {"\U0001FAFF", "\U000323B0", "a\ue000", "\uf8ff"}) {
    EXPECT_EQ(detail(good, {.pointer = "/name", .most = 9}), "") << good;
  }
}

TEST(Label, LosesWhatNobodySeesAndAMessageKeepsIt) {
  const LabelRule name{.pointer = "/name", .most = 20};
  EXPECT_EQ(parse_label("\ufeffroom\u200b5\u00ad\u200f", name, kUnicode)->text, "room5");
  EXPECT_EQ(parse_label("\u2068Ana\u2069 \u200e", name, kUnicode)->text, "Ana");
  EXPECT_EQ(parse_label("Ana\u2028Sanz", name, kUnicode)->text, "Ana Sanz");
  EXPECT_EQ(parse_label("Ana\u2800", name, kUnicode)->text, "Ana");
  EXPECT_EQ(parse_label("\U0001D159Ana\u2800Sanz", name, kUnicode)->text, "Ana Sanz");
  const LabelRule message{.pointer = "/text", .most = 20, .message = true};
  EXPECT_EQ(parse_text("\u2801\u2800\u2803", message, kUnicode), "\u2801\u2800\u2803");
  EXPECT_EQ(parse_text("שלום\u200f!", message, kUnicode), "שלום\u200f!");
  EXPECT_EQ(parse_text("room\u200b5", message, kUnicode), "room\u200b5");
}

TEST(Label, ShowsSomething) {
  for (const std::string_view blank :
       {"\u0301\u0302", "\u3164", "\u2800", "\u2800 \u3164", "\u115f\u1160", "\u200b", "\ufe0f",
        "\u034f", "\U000E0041", "\u00ad\u2060"}) {
    EXPECT_NE(detail(blank, {.pointer = "/name", .most = 9}), "");
    EXPECT_NE(detail(blank, {.pointer = "/text", .most = 9, .message = true}), "");
    EXPECT_EQ(detail(blank, {.pointer = "/note", .most = 9, .least = 0}), "");
  }
  EXPECT_EQ(detail("\u2800\u2801", {.pointer = "/name", .most = 9}), "");
}

}  // namespace
}  // namespace pastille
