#include "wire/people_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unicode/icu_unicode.h"

namespace pastille {
namespace {

using testing::ElementsAre;

class PeopleCsv : public testing::Test {
 protected:
  auto parse(const std::string& text) const { return parse_people_csv(text, unicode_); }
  IcuUnicode unicode_;
};

TEST_F(PeopleCsv, ALineIsAPersonWithTheTeamsApart) {
  const auto rows = parse("role,login,display_name,teams\nAgent,zoe,Zoé,North; South\n");
  ASSERT_TRUE(rows) << to_text(rows.error().front());
  ASSERT_EQ(rows->size(), 1U);
  const ImportPeople::Row& zoe = rows->front();
  EXPECT_EQ(zoe.line, 2U);
  EXPECT_EQ(zoe.login, "zoe");
  EXPECT_EQ(zoe.display_name, "Zoé");
  EXPECT_THAT(zoe.teams, ElementsAre("North", "South"));
  EXPECT_EQ(zoe.locale, "");
}

TEST_F(PeopleCsv, TheQuoteThatKeepsASpreadsheetFromReckoningIsTakenOff) {
  const auto rows = parse("login,display_name,role\n'@zoe,'=Zoé,Agent\n");
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->front().login, "@zoe");
  EXPECT_EQ(rows->front().display_name, "=Zoé");
}

TEST_F(PeopleCsv, AFileWithoutAColumnThatIsNeededIsRefused) {
  const auto rows = parse("login,name\nzoe,Zoé\n");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().size(), 3U);
  EXPECT_EQ(rows.error().front().line, 1U);
}

TEST_F(PeopleCsv, WhatUserListWritesIsTakenUnlessSomeoneInItHasLeft) {
  EXPECT_TRUE(parse("login,display_name,role,active\nzoe,Zoé,Agent,yes\nyan,Yan,Agent,\n"));
  const auto rows = parse("login,display_name,role,active\nzoe,Zoé,Agent,yes\nyan,Yan,Agent,no\n");
  ASSERT_FALSE(rows);
  EXPECT_THAT(rows.error(), ElementsAre(testing::Field(&LineFault::line, 3U)));
  EXPECT_EQ(rows.error().front().column, "active");
}

TEST_F(PeopleCsv, AFaultHasItsLineAndItsColumn) {
  const LineFault role{.line = 12, .column = "role", .detail = "There is no role."};
  const LineFault whole{.line = 3, .column = {}, .detail = "At most 50."};
  EXPECT_THAT(line_faults({to_field_error(role), to_field_error(whole)}), ElementsAre(role, whole));
  EXPECT_EQ(to_text(role), "line 12, role: There is no role.");
  EXPECT_EQ(line_faults({{.pointer = "/rows", .detail = "?"}}).front().line, 0U);
}

TEST_F(PeopleCsv, LinesAreCountedWhateverEndsThem) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const auto rows = parse("login,display_name,role" + end + "ana,Ana,Agent" + end + end +
                            "zoe,Zoe,Agent" + end);
    ASSERT_TRUE(rows) << to_text(rows.error().front());
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ(rows->front().line, 2U);
    EXPECT_EQ(rows->back().line, 4U);
  }
}

}  // namespace
}  // namespace pastille
