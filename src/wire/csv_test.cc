#include "wire/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"
#include "unicode/icu_unicode.h"
#include "wire/separated.h"

namespace pastille {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CsvTest : public testing::Test {
 protected:
  std::expected<CsvTable, std::vector<LineFault>> parse(const std::string& text) const {
    return parse_csv(text, rules_, unicode_);
  }
  std::string fault(const std::string& text) const {
    const auto table = parse(text);
    EXPECT_FALSE(table.has_value()) << text;
    return table ? "" : to_text(table.error().front());
  }

  IcuUnicode unicode_;
  CsvRules rules_{
      .required = {"name"}, .optional = {"type"}, .optional_prefix = "names.", .rows_most = 3};
};

TEST_F(CsvTest, CellsAreFoundByColumnInAnyOrder) {
  const auto table = parse("type,name,names.fr\r\nbusy,Lunch,Déjeuner\r\n");
  ASSERT_TRUE(table) << to_text(table.error().front());
  EXPECT_EQ(table->rows[0].at("name"), "Lunch");
  EXPECT_EQ(table->rows[0].at("names.fr"), "Déjeuner");
  EXPECT_EQ(table->rows[0].at("nowhere"), "");
}

TEST_F(CsvTest, AByteOrderMarkAndAMissingLastLineEndAreTaken) {
  const auto table = parse("\xef\xbb\xbfname\nLunch");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows[0].at("name"), "Lunch");
}

TEST_F(CsvTest, QuotedCellsHoldCommasQuotesAndLines) {
  const auto table = parse("name\n\"a,\"\"b\"\"\nc\"\n\nlast\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows[0].at("name"), "a,\"b\"\nc");
  EXPECT_EQ(table->rows[0].line, 2U);
  EXPECT_EQ(table->rows[1].line, 5U);
}

TEST_F(CsvTest, WhatIsWrongIsNamedWithItsLine) {
  EXPECT_THAT(fault(""), HasSubstr("line 1"));
  EXPECT_THAT(fault("colour\nred\n"), HasSubstr("line 1: there is no column \"colour\""));
  EXPECT_THAT(fault("type\nbusy\n"), HasSubstr("line 1: the column \"name\" is missing"));
  EXPECT_THAT(fault("name,name\na,b\n"), HasSubstr("twice"));
  EXPECT_THAT(fault("name\nfine\na,b\n"), HasSubstr("line 3: has 2 cells"));
  EXPECT_THAT(fault("name\nfine\n\"a\"b\n"), HasSubstr("line 3: a quote"));
  EXPECT_THAT(fault("name\n\"open\n"), HasSubstr("a quote"));
  EXPECT_THAT(fault("name\n\xff\n"), HasSubstr("line 2: name is not UTF-8"));
}

TEST_F(CsvTest, LinesAndCellsHaveTheirLimits) {
  EXPECT_TRUE(parse("name\na\nb\nc\n"));
  EXPECT_THAT(fault("name\na\nb\nc\nd\n"), HasSubstr("line 5: at most 3"));
  EXPECT_TRUE(parse("name\n" + std::string(limits::kImportCell, 'x') + "\n"));
  EXPECT_THAT(fault("name\n" + std::string(limits::kImportCell + 1, 'x') + "\n"),
              HasSubstr("line 2"));
}

TEST_F(CsvTest, WhatIsWrittenIsReadBack) {
  std::string text = "name,type\r\n";
  append_csv_line(text, {" a,\"b\"\n", "plain"});
  const auto table = parse(text);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows[0].at("name"), " a,\"b\"\n");
}

TEST(NeutralTest, FormulasGetAQuoteThatIsTakenOffAgain) {
  EXPECT_EQ(neutral("=SUM(A1)"), "'=SUM(A1)");
  EXPECT_EQ(neutral("Plain"), "Plain");
  for (const char* each :
       {"", "=1", "+1", "-1", "@a", "\t=1", "'", "'quoted", "''", "'=1", "a'b"}) {
    EXPECT_EQ(natural(neutral(each)), each);
  }
  EXPECT_EQ(natural("'by hand"), "'by hand");
}

TEST(SeparatedTest, TextsComeApartAndTogether) {
  EXPECT_THAT(split_at_semicolons("North; South ;;East"), ElementsAre("North", "South", "East"));
  EXPECT_TRUE(split_at_semicolons("").empty());
  const std::vector<std::string> odd = {"a;b", "c\\d", "e"};
  EXPECT_EQ(split_at_semicolons(join_with_semicolons(odd)), odd);
}

}  // namespace
}  // namespace pastille
