#include "unicode/folding.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include <unicode/uchar.h>

#include "core/outside_text.h"
#include "unicode/icu_text.h"

namespace pastille {
namespace {

std::string loose(std::string_view text) { return loosen_fold(fold_text(text)); }

bool same(std::string_view left, std::string_view right) {
  return fold_text(left) == fold_text(right);
}

TEST(Folding, RemovesCaseAccentsAndWritesLatinLettersAsAscii) {
  EXPECT_EQ(fold_text("Łukasz"), "lukasz");
  EXPECT_EQ(fold_text("Straße"), "strasse");
  EXPECT_EQ(fold_text("STRASSE"), "strasse");
  EXPECT_EQ(fold_text("Pause café"), "pause cafe");
  EXPECT_EQ(fold_text("Ærø"), "aero");
  EXPECT_EQ(fold_text("Đặng"), "dang");
  EXPECT_EQ(fold_text("İstanbul Diyarbakır"), "istanbul diyarbakir");
  EXPECT_TRUE(same("Ελλάδα", "ΕΛΛΑΔΑ"));
  EXPECT_TRUE(same("Ἑλλάς", "ελλας"));
  EXPECT_TRUE(same("Κώστας", "ΚΩΣΤΑΣ"));  // the sigma at the end
  EXPECT_TRUE(same("за́мок", "ЗАМОК"));    // a stress mark
  EXPECT_TRUE(same("caf\u00e9", "cafe\u0301"));
}

TEST(Folding, KeepsMarksThatMakeAnotherLetter) {
  const std::vector<std::pair<std::string_view, std::string_view>> different = {
      {"バス", "ハス"}, {"パス", "ハス"}, {"が", "か"},   {"Мой", "Мои"},
      {"Все", "Всё"},   {"їсти", "істи"}, {"मेल", "मूल"},   {"का", "कि"},
      {"กา", "กี"},      {"שָׁלוֹם", "שלום"}, {"كَتَبَ", "كتب"}, {"각", "가"}};
  for (const auto& [left, right] : different) EXPECT_FALSE(same(left, right)) << left << right;
}

TEST(Folding, SeesWhatPeopleSee) {
  EXPECT_TRUE(same("A\u200bna", "ana"));
  EXPECT_TRUE(same("\u202aAna\u202c", "Ana"));
  EXPECT_TRUE(same("\u2615\ufe0f", "\u2615"));
  EXPECT_TRUE(same("ＡＮＡ", "ana"));
  EXPECT_TRUE(same("ﾊﾞｽ", "バス"));
  EXPECT_TRUE(same("Coffee  break ", " coffee\u00a0break"));
  EXPECT_TRUE(same("Ana\u2800", "Ana"));
  EXPECT_TRUE(same("\U0001D159Ana \u2800 Sanz\u2800", "ana sanz"));
  EXPECT_TRUE(same("\u2800", ""));
  EXPECT_TRUE(same("نمی\u200cخواهم", "نمیخواهم"));
  EXPECT_FALSE(same("👩\u200d💻", "👩💻"));
  // The flags of Wales and England.
  EXPECT_FALSE(same("\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F",
                    "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"));
  EXPECT_FALSE(same("A – B", "A - B"));
  EXPECT_FALSE(same("\U000323B0", "\U000323B1"));  // unassigned
}

TEST(Folding, IsLooserForSearch) {
  EXPECT_EQ(loose("バス"), loose("ハス"));
  EXPECT_EQ(loose("Мой"), loose("мои"));
  EXPECT_EQ(loose("मेल"), loose("मूल"));
  EXPECT_EQ(loose("שָׁלוֹם"), loose("שלום"));
  EXPECT_EQ(loose("“A” – B"), loose("\"a\" - b"));
  EXPECT_NE(loose("Κώστας").find(loose("ΚΩΣ")), std::string::npos);
  EXPECT_EQ(loose("Ærø"), "aero");
}

TEST(Folding, OfWhatIsFoldedChangesNothing) {
  for (UChar32 point = 1; point <= 0x10FFFF; ++point) {
    if (u_isdefined(point) == 0 || u_charType(point) == U_PRIVATE_USE_CHAR) continue;
    if (U_IS_SURROGATE(point)) continue;
    for (const std::string& text :
         {to_utf8(icu::UnicodeString(point)),
          to_utf8(icu::UnicodeString(u"A\u0301").append(point).append(u"\u0308b"))}) {
      const std::string folded = fold_text(text);
      ASSERT_EQ(fold_text(folded), folded) << std::hex << point;
      ASSERT_EQ(loosen_fold(loosen_fold(folded)), loosen_fold(folded)) << std::hex << point;
      ASSERT_TRUE(is_utf8(folded));
    }
  }
}

TEST(Folding, FoldsAsciiAsItFoldsEverythingElse) {
  EXPECT_EQ(fold_text(" A\tB  c "), "a b c");
  EXPECT_EQ(fold_text(" \u00c0\tB  c "), "a b c");
  EXPECT_EQ(fold_text("   "), "");
  EXPECT_EQ(fold_text(" \u3000 "), "");
}

// The number of the rules is counted up by whoever changes what they give.
TEST(Folding, NamesItsVersion) {
  EXPECT_TRUE(folding_version().starts_with("3; ICU ")) << folding_version();
  EXPECT_NE(folding_version().find("Unicode "), std::string::npos);
}

}  // namespace
}  // namespace pastille
