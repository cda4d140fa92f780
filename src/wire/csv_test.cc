#include "wire/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"
#include "core/outside_text.h"
#include "unicode/icu_unicode.h"
#include "wire/separated.h"
#include "wire/told_faults.h"

namespace pastille {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CsvTest : public testing::Test {
 protected:
  std::expected<CsvTable, LineFaults> parse(const std::string& text) const {
    return parse_csv(text, rules_, unicode_);
  }
  LineFaults faults(const std::string& text) const {
    const auto table = parse(text);
    EXPECT_FALSE(table.has_value()) << text.substr(0, 1000);
    return table ? LineFaults() : table.error();
  }
  std::string fault(const std::string& text) const {
    const auto all = faults(text);
    return all.none() ? "" : told(refusal_of(all));
  }
  std::string code(const std::string& text) const {
    const auto all = faults(text);
    return all.none() ? "" : all.first().front().code;
  }
  // As spreadsheets save "Unicode text".
  static std::string utf16(const std::string& ascii, bool big_endian) {
    std::string out = big_endian ? "\xfe\xff" : "\xff\xfe";
    for (const char each : ascii) {
      if (big_endian) out += '\0';
      out += each;
      if (!big_endian) out += '\0';
    }
    return out;
  }

  IcuUnicode unicode_;
  CsvRules rules_{
      .columns = {{.name = "name", .required = true, .also = {"label", "title"}}, {.name = "type"}},
      .prefix = "names.",
      .rows_most = 3};
};

TEST_F(CsvTest, CellsAreFoundByColumnInAnyOrder) {
  const auto table = parse("type,name,names.fr\r\nbusy,Lunch,Déjeuner\r\n");
  ASSERT_TRUE(table) << table.error().first().front().detail;
  EXPECT_EQ(table->rows[0].at("name"), "Lunch");
  EXPECT_EQ(table->rows[0].at("names.fr"), "Déjeuner");
  EXPECT_EQ(table->rows[0].at("nowhere"), "");
}

TEST_F(CsvTest, TheHeaderShowsWhichSeparatorItIs) {
  for (const std::string separator : {",", ";", "\t"}) {
    const auto table =
        parse("name" + separator + "type\r\n\"Sales, EMEA; North\"" + separator + "busy\r\n");
    ASSERT_TRUE(table) << separator;
    EXPECT_EQ(table->rows[0].at("name"), "Sales, EMEA; North");
    EXPECT_EQ(table->rows[0].at("type"), "busy");
  }
  const auto said = parse("sep=;\r\nname;type\r\nA;busy\r\n");
  ASSERT_TRUE(said) << said.error().first().front().detail;
  EXPECT_EQ(said->rows[0].at("type"), "busy");
  EXPECT_EQ(said->rows[0].line, 3U);
  const auto one = parse("name\na;b\n");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->rows[0].at("name"), "a;b") << "a header of one column has none";
}

TEST_F(CsvTest, HeadersAreTakenInAnyCaseAndUnderOtherNames) {
  for (const std::string header :
       {"NAME", "Name", " name ", "Label", "TITLE [Required]", "ti_tle"}) {
    const auto table = parse(header + ",Type\nLunch,busy\n");
    ASSERT_TRUE(table) << header;
    EXPECT_EQ(table->rows[0].at("name"), "Lunch") << header;
  }
  const auto both = parse("title,name\nA,B\n");
  ASSERT_TRUE(both);
  EXPECT_EQ(both->rows[0].at("name"), "B") << "its own name goes first";
  EXPECT_THAT(both->ignored, ElementsAre("title"));
}

TEST_F(CsvTest, ColumnsThatNobodyAskedForAreNamedAndEmptyOnesAreNot) {
  const auto table = parse("name,colour,,\x1b[2Jsize,\nLunch,red,,9,\n");
  ASSERT_TRUE(table) << table.error().first().front().detail;
  EXPECT_THAT(table->ignored, ElementsAre("colour", "\xef\xbf\xbd[2Jsize"));
  std::string many = "name";
  for (int i = 0; i < 50; ++i) many += ",x" + std::to_string(i);
  EXPECT_EQ(parse(many + "\nLunch\n")->ignored.size(), limits::kColumnsNamed);
}

TEST_F(CsvTest, WhatSpreadsheetsAddIsNoFault) {
  const auto table = parse("name,type,\r\nA,busy,\r\n,,\r\n , ,\r\nB\r\nC,absent,,,\r\n");
  ASSERT_TRUE(table) << table.error().first().front().detail;
  ASSERT_EQ(table->rows.size(), 3U);
  EXPECT_EQ(table->rows[1].line, 5U);
  EXPECT_FALSE(table->rows[1].has("type")) << "a line may end before its header does";
}

TEST_F(CsvTest, AByteOrderMarkAndAMissingLastLineEndAreTaken) {
  const auto table = parse("\xef\xbb\xbfname\nLunch");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows[0].at("name"), "Lunch");
}

TEST_F(CsvTest, Utf16IsTakenWithItsMark) {
  for (const bool big : {false, true}) {
    const auto table = parse(utf16("name\ttype\r\nLunch\tbusy\r\n", big));
    ASSERT_TRUE(table) << table.error().first().front().detail;
    EXPECT_EQ(table->rows[0].at("name"), "Lunch");
  }
  const auto face = parse(std::string("\xff\xfen\0a\0m\0e\0\n\0\x3d\xd8\x00\xde", 16));
  ASSERT_TRUE(face);
  EXPECT_EQ(face->rows[0].at("name"), "😀");
  EXPECT_EQ(code(std::string("\xff\xfe\x3d\xd8", 4)), "not_utf8") << "half a pair";
  EXPECT_EQ(code(std::string("\xff\xfen", 3)), "not_utf8") << "half a unit";
}

TEST_F(CsvTest, OtherBytesAreRefusedInATextThatIsUtf8Itself) {
  const std::string latin = "name,type\r\nLunch,busy\r\nCaf\xe9,busy\r\n";
  EXPECT_THAT(fault(latin), HasSubstr("line 3: This line is not UTF-8"));
  EXPECT_THAT(fault(latin), HasSubstr("Caf\xef\xbf\xbd"));
  EXPECT_THAT(fault("login,\xe9quipe\r\n"), HasSubstr("line 1"));
  EXPECT_THAT(fault(utf16("name\n", false).substr(2)), HasSubstr("UTF-16 without a mark"));
  EXPECT_THAT(fault("PK\x03\x04rest"), HasSubstr("workbook"));
  for (const std::string& text :
       {latin, "login,\xe9quipe\r\n" + latin, std::string("na\0me", 5), std::string("\xff")}) {
    const auto all = faults(text);
    for (const LineFault& each : all.first()) {
      EXPECT_FALSE(fault_of_text(each.detail)) << each.detail;
      EXPECT_EQ(each.code, "not_utf8");
    }
  }
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
  EXPECT_THAT(fault("type\nbusy\n"), HasSubstr("line 1: The column \"name\" is missing"));
  EXPECT_THAT(fault("type\nbusy\n"), HasSubstr("The first line has: type. Known are: name, type"));
  EXPECT_EQ(code("name,name\na,b\n"), "column_twice");
  EXPECT_THAT(fault("name\nfine\na,b\n"), HasSubstr("line 3: This line has 2 cells"));
  EXPECT_THAT(fault("name\nfine\n\"a\"b\n"), HasSubstr("line 3: A quote"));
}

TEST_F(CsvTest, AQuoteThatIsNeverClosedIsNamedWhereItOpens) {
  EXPECT_THAT(fault("name\nfine\n\"open\nmore\nand more\n"), HasSubstr("line 3: The quote"));
  EXPECT_THAT(fault("name\n\"a \"\"b\"\" c\"\n\"x \"\"y\"\"\nmore\n"),
              HasSubstr("line 3: The quote"));
}

TEST_F(CsvTest, TheFirstFaultsAreSaidAndHowManyMoreThereAre) {
  rules_.rows_most = 1000;
  std::string text = "name\n";
  for (std::size_t i = 0; i < limits::kImportFaultsTold; ++i) text += "a,b\n";
  const Refusal hundred = refusal_of(faults(text));
  EXPECT_EQ(hundred.errors.size(), limits::kImportFaultsTold);
  EXPECT_THAT(hundred.detail, testing::StartsWith("This line has 2 cells"));
  EXPECT_THAT(told(hundred), testing::Not(HasSubstr("more")));

  for (int i = 0; i < 50; ++i) text += "a,b\n";
  const auto all = faults(text);
  EXPECT_EQ(all.count(), limits::kImportFaultsTold + 50);
  EXPECT_EQ(all.first().size(), limits::kImportFaultsTold) << "and no more is kept";
  const Refusal refusal = refusal_of(all);
  EXPECT_EQ(refusal.errors.size(), limits::kImportFaultsTold);
  EXPECT_THAT(refusal.detail, testing::StartsWith("150 things are wrong; the first 100"));
  EXPECT_THAT(told(refusal), HasSubstr("and 50 more"));
}

TEST_F(CsvTest, LinesAndCellsHaveTheirLimits) {
  EXPECT_TRUE(parse("name\na\nb\nc\n"));
  EXPECT_TRUE(parse("name,type\na,\nb,\nc,\n,\n")) << "an empty line is none";
  EXPECT_THAT(fault("name\na\nb\nc\nd\n"), HasSubstr("line 5: A file has at most 3"));
  EXPECT_TRUE(parse("name\n" + std::string(limits::kImportCell, 'x') + "\n"));
  EXPECT_THAT(fault("name\n" + std::string(limits::kImportCell + 1, 'x') + "\n"),
              HasSubstr("line 2"));
  EXPECT_TRUE(parse("name\na" + std::string(limits::kCsvCells - 1, ',') + "\n"));
  EXPECT_THAT(fault("name\na" + std::string(limits::kCsvCells, ',') + "\n"),
              HasSubstr("line 2: A line has at most 16384 cells"));
}

TEST_F(CsvTest, NothingIsReadAfterTheLineThatIsOneTooMany) {
  const auto all = faults("name\na\nb,b\nc\nd,d\n\"never closed\ne,e\n");
  ASSERT_EQ(all.count(), 2U);
  EXPECT_EQ(all.first()[0].line, 3U);
  EXPECT_EQ(all.first()[1].line, 5U);
  EXPECT_EQ(all.first()[1].code, "too_many_lines");
  EXPECT_EQ(code("name\na\nb\nc\n\"never closed\n"), "quote_open") << "while lines are taken";
}

TEST_F(CsvTest, WhatIsWrittenIsReadBack) {
  std::string text = "name,type\r\n";
  append_csv_line(text, {"a,\"b\"\nc; d", "plain"});
  const auto table = parse(text);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows[0].at("name"), "a,\"b\"\nc; d");
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
