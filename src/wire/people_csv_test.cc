#include "wire/people_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unicode/icu_unicode.h"

namespace pastille {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PeopleCsv : public testing::Test {
 protected:
  auto parse(const std::string& text) const { return parse_people_csv(text, rules_, unicode_); }
  ImportPeople::Row first(const std::string& text) const {
    const auto file = parse(text);
    EXPECT_TRUE(file) << text << (file ? "" : file.error().first().front().detail);
    return file && !file->rows.empty() ? file->rows.front() : ImportPeople::Row{};
  }
  PeopleCsvRules rules_{.rows_most = 100};
  IcuUnicode unicode_;
};

TEST_F(PeopleCsv, ALineIsAPersonWithTheTeamsApart) {
  const auto file = parse("role,login,display_name,teams\nAgent,zoe,Zoé,North; \"\"\n");
  EXPECT_FALSE(file) << "a quote within a cell that has none around";
  const ImportPeople::Row zoe =
      first("role,login,display_name,teams\nAgent,zoe,Zoé,\"North; Sales, EMEA\"\n");
  EXPECT_EQ(zoe.line, 2U);
  EXPECT_EQ(zoe.login, "zoe");
  EXPECT_EQ(zoe.display_name, "Zoé");
  EXPECT_THAT(zoe.teams, ElementsAre("North", "Sales, EMEA"));
  EXPECT_EQ(zoe.locale, "");
  EXPECT_FALSE(zoe.active);
}

TEST_F(PeopleCsv, TheQuoteThatKeepsASpreadsheetFromReckoningIsTakenOff) {
  const ImportPeople::Row row = first("login,display_name,role\n'@zoe,'=Zoé,Agent\n");
  EXPECT_EQ(row.login, "@zoe");
  EXPECT_EQ(row.display_name, "=Zoé");
}

TEST_F(PeopleCsv, AFileWithoutAColumnThatIsNeededIsRefusedWithAllThatAreMissing) {
  const auto file = parse("colour\nred\n");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().count(), 2U);
  EXPECT_EQ(file.error().first().front().line, 1U);
  EXPECT_THAT(parse("login,role\nzoe,Agent\n").error().first().front().detail,
              HasSubstr("first_name"));
}

TEST_F(PeopleCsv, ARoleIsNeededOnlyWhereNoneIsGivenForAll) {
  EXPECT_FALSE(parse("login,name\nzoe,Zoé\n"));
  rules_.role = "Agent";
  EXPECT_EQ(first("login,name\nzoe,Zoé\n").role, "Agent");
  EXPECT_EQ(first("login,name,role\nzoe,Zoé,Lead\n").role, "Lead");
  EXPECT_EQ(first("login,name,role\nzoe,Zoé,\n").role, "Agent");
}

TEST_F(PeopleCsv, AnUpdateNeedsTheLoginAloneAndSaysWhetherTheFileSpeaksOfTeams) {
  rules_.mode = ImportPeople::Mode::kUpdate;
  EXPECT_FALSE(first("login,locale\nzoe,fr\n").teams_given);
  EXPECT_TRUE(first("login,teams\nzoe,\n").teams_given);
  EXPECT_FALSE(parse("name,locale\nZoé,fr\n"));
}

TEST_F(PeopleCsv, ActiveIsTakenAsPeopleAndSpreadsheetsWriteIt) {
  for (const char* yes : {"yes", "Yes", "TRUE", "true", "1", "WAHR", "vrai", "Oui", "active"}) {
    EXPECT_EQ(first("login,name,role,active\nz,Z,Agent," + std::string(yes) + "\n").active, true);
  }
  for (const char* no : {"no", "No", "FALSE", "0", "FALSCH", "faux", "Non", "inactive"}) {
    EXPECT_EQ(first("login,name,role,active\nz,Z,Agent," + std::string(no) + "\n").active, false);
  }
  const auto odd = parse("login,name,role,active\nz,Z,Agent,perhaps\ny,Y,Agent,\x1b]0;\n");
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error().count(), 2U);
  EXPECT_EQ(odd.error().first()[0].code, "not_yes_or_no");
  EXPECT_THAT(odd.error().first()[1].detail, HasSubstr("\xef\xbf\xbd]0;"));
}

TEST_F(PeopleCsv, ActiveIsTakenAsExcelWritesItInEuropeanLanguages) {
  for (const auto& [yes, no] :
       std::vector<std::pair<std::string, std::string>>{{"VERDADERO", "FALSO"},
                                                        {"VERO", "FALSO"},
                                                        {"VERDADEIRO", "FALSO"},
                                                        {"WAHR", "FALSCH"},
                                                        {"VRAI", "FAUX"},
                                                        {"WAAR", "ONWAAR"},
                                                        {"PRAWDA", "FAŁSZ"},
                                                        {"SANT", "FALSKT"},
                                                        {"SAND", "FALSK"},
                                                        {"SANN", "USANN"},
                                                        {"PRAVDA", "NEPRAVDA"},
                                                        {"TOSI", "EPÄTOSI"},
                                                        {"IGAZ", "HAMIS"}}) {
    const std::string header = "login,name,role,active\nz,Z,Agent,";
    EXPECT_EQ(first(header + yes + "\n").active, true) << yes;
    EXPECT_EQ(first(header + no + "\n").active, false) << no;
  }
}

TEST_F(PeopleCsv, LinesAreCountedWhateverEndsThem) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const auto file = parse("login,display_name,role" + end + "ana,Ana,Agent" + end + end +
                            "zoe,Zoe,Agent" + end);
    ASSERT_TRUE(file) << file.error().first().front().detail;
    ASSERT_EQ(file->rows.size(), 2U);
    EXPECT_EQ(file->rows.front().line, 2U);
    EXPECT_EQ(file->rows.back().line, 4U);
  }
}

// As these systems write them, with other people. Those without a role take the one that is given.
struct Shape {
  const char* system;
  const char* text;
  const char* login;
  const char* name;
  const char* ignored;  // one of the columns that are named as not taken
};

class FilesOfOtherSystems : public PeopleCsv, public testing::WithParamInterface<Shape> {};

TEST_P(FilesOfOtherSystems, AreTakenByTheirHeaders) {
  rules_.role = "Agent";
  const auto file = parse(GetParam().text);
  ASSERT_TRUE(file) << file.error().first().front().detail;
  ASSERT_EQ(file->rows.size(), 1U);
  EXPECT_EQ(file->rows[0].login, GetParam().login);
  EXPECT_EQ(file->rows[0].display_name, GetParam().name);
  const std::string ignored = GetParam().ignored;
  if (ignored.empty()) {
    EXPECT_TRUE(file->ignored_columns.empty());
  } else {
    EXPECT_THAT(file->ignored_columns, testing::Contains(ignored));
  }
}

INSTANTIATE_TEST_SUITE_P(
    People, FilesOfOtherSystems,
    testing::Values(
        Shape{"Entra",
              "\xef\xbb\xbfuserPrincipalName,displayName,surname,mail,givenName,id,userType,"
              "jobTitle,department,accountEnabled,usageLocation\r\n"
              "ines@contoso.example,Inès Roy,Roy,ines@contoso.example,Inès,0d1f,Member,Agent,Care,"
              "True,FR\r\n",
              "ines@contoso.example", "Inès Roy", "department"},
        Shape{"Google Workspace",
              "First Name [Required],Last Name [Required],Email Address [Required],Password "
              "[Required],Org Unit Path [Required],Status [READ ONLY]\nInès,Roy,ines@desk.example,"
              "****,/Care,Active\n",
              "ines@desk.example", "Inès Roy", "Org Unit Path [Required]"},
        Shape{"Genesys",
              "Name,Email,Division,Title,Department,Work Phone\nInès Roy,ines@desk.example,Home,"
              "Agent,Care,tel:+33100\n",
              "ines@desk.example", "Inès Roy", "Division"},
        Shape{"Freshservice",
              "First Name,Last Name,Email,Job Title,Work Phone,Mobile Phone,Time Zone,Language\n"
              "Inès,Roy,ines@desk.example,Agent,100,,Paris,fr\n",
              "ines@desk.example", "Inès Roy", "Job Title"},
        Shape{"Zammad",
              "id,login,firstname,lastname,email,web,phone,organization,active,note\n7,ines,Inès,"
              "Roy,ines@desk.example,,100,Desk,true,\n",
              "ines", "Inès Roy", "email"},
        Shape{"Slack",
              "username,email,status,billing-active,has-2fa,has-sso,userid,fullname,displayname,"
              "expiration-timestamp\nines,ines@desk.example,Member,1,0,0,U01,Inès Roy,Inès,\n",
              "ines", "Inès", "billing-active"},
        Shape{"3CX",
              "Number,FirstName,LastName,EmailAddress,MobileNumber,AuthID\n101,Inès,Roy,"
              "ines@desk.example,,x1\n",
              "ines@desk.example", "Inès Roy", "AuthID"},
        Shape{"FreePBX", "extension,password,name,voicemail,ringtimer\n101,x,Inès Roy,novm,0\n",
              "101", "Inès Roy", "voicemail"},
        Shape{"Okta",
              "login,email,firstName,lastName,mobilePhone,status\nines@desk.example,"
              "ines@desk.example,Inès,Roy,,ACTIVE\n",
              "ines@desk.example", "Inès Roy", "mobilePhone"},
        Shape{"Excel in German",
              "Login;Display_Name;Role;Teams\r\nines;Inès Roy;Agent;\"Nord;Süd\"\r\n;;;\r\n",
              "ines", "Inès Roy", ""}),
    [](const auto& shape) {
      std::string name = shape.param.system;
      std::erase_if(name, [](char c) { return c == ' '; });
      return "Of" + name;
    });

}  // namespace
}  // namespace pastille
