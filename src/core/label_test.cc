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
  EXPECT_EQ(detail("a\nb", {.pointer = "/text", .most = 9, .newlines = true}), "");
  EXPECT_NE(detail(std::string_view("a\0b", 3), {.pointer = "/text", .most = 9, .newlines = true}),
            "");
}

TEST(Label, HoldsMoreThanAccents) {
  EXPECT_NE(detail("\u0301\u0302", {.pointer = "/name", .most = 9}), "");
}

}  // namespace
}  // namespace pastille
