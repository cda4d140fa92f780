#include "wire/statuses_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"
#include "core/outside_text.h"
#include "unicode/icu_unicode.h"
#include "wire/body.h"
#include "wire/written_values.h"

namespace pastille {
namespace {

using testing::HasSubstr;

class StatusesCsv : public testing::Test {
 protected:
  StatusesFile read(const std::string& text) {
    faults_ = {};
    return statuses_from_csv(text, unicode_, faults_);
  }
  std::string told_of(const std::string& text) {
    read(text);
    std::string all;
    for (const FieldError& each : faults_.first()) {
      EXPECT_FALSE(fault_of_text(each.detail));
      all += each.pointer + ": " + each.detail + "\n";
    }
    return all;
  }
  IcuUnicode unicode_;
  FieldFaults faults_;
};

TEST_F(StatusesCsv, AreTakenAsPeopleWriteThem) {
  const StatusesFile file = read(
      "Name;TYPE;Emoji;Duration;Colour\nLunch; Absent ;;1 h;red\nPaper;BUSY;☕;15 min;\nCall;In a "
      "call;;;\nBack;away;;90;\n");
  ASSERT_TRUE(faults_.none()) << faults_.first().front().detail;
  ASSERT_EQ(file.rows.size(), 4U);
  EXPECT_EQ(file.rows[0].fields.type, StatusType::kAbsent);
  EXPECT_EQ(**file.rows[0].fields.default_duration_s, 3600);
  EXPECT_EQ(file.rows[1].fields.type, StatusType::kBusy);
  EXPECT_EQ(**file.rows[1].fields.default_duration_s, 900);
  EXPECT_EQ(file.rows[2].fields.type, StatusType::kInACall);
  EXPECT_EQ(file.rows[3].fields.type, StatusType::kAbsent);
  EXPECT_THAT(file.ignored_columns, testing::ElementsAre("Colour"));
}

TEST_F(StatusesCsv, AreRefusedWithWhatIsTakenInstead) {
  EXPECT_THAT(told_of("name,type,icon\nA,busy,:coffee:\n"),
              HasSubstr("line 2, icon: Write the emoji itself, as ☕, not \":coffee:\"."));
  EXPECT_THAT(told_of("name,type,default_duration_s\nA,busy,1:30\n"), HasSubstr("15 min, 1 h"));
  EXPECT_THAT(told_of("name,type,position\nA,busy,first\n"), HasSubstr("a whole number"));
  EXPECT_THAT(told_of("name,type\nA,\x1b[31mred\nB,offline\n"),
              HasSubstr("line 2, type: Write connected, absent, busy or in_a_call, not"));
  EXPECT_EQ(faults_.count(), 2U);
}

// Reason codes, agent statuses, custom statuses and auxiliary codes of others.
TEST_F(StatusesCsv, OfOtherSystemsAreTakenOrRefusedWithASentenceThatHelps) {
  EXPECT_THAT(
      told_of("code,label,category,forAll\n10,Lunch,NOT_READY,true\n"),
      HasSubstr("The column \"type\" is missing. The first line has: code, label, category"))
      << "Finesse";
  EXPECT_THAT(told_of("Name,Description,Type,State,DisplayOrder\nLunch,,CUSTOM,ENABLED,3\n"),
              HasSubstr("line 2, type: Write connected, absent, busy or in_a_call, not \"CUSTOM\""))
      << "Amazon Connect";
  EXPECT_THAT(
      told_of("Name,Is System Code?,Description,Active,Work Type,Default\nLunch,No,,Yes,,No\n"),
      HasSubstr("\"type\" is missing"))
      << "Webex";
  const StatusesFile rocket = read("name,statusType\nLunch,away\nPaper,busy\nThere,online\n");
  ASSERT_TRUE(faults_.none()) << faults_.first().front().detail;
  EXPECT_EQ(rocket.rows[2].fields.type, StatusType::kConnected) << "Rocket.Chat";
}

TEST_F(StatusesCsv, AnExportBeginsWithAMarkAndIsReadBack) {
  Organisation organisation;
  const std::string text = write_statuses(organisation, FileKind::kCsv);
  EXPECT_TRUE(text.starts_with("\xef\xbb\xbfname,type,"));
  EXPECT_TRUE(read(text).rows.empty());
  EXPECT_TRUE(faults_.none());
}

TEST_F(StatusesCsv, OfManyFaultsTheFirstAreKeptAndAllAreCounted) {
  std::string text = "name,type,position\n";
  for (int i = 0; i < 100; ++i) text += "A,blue,first\n";
  EXPECT_EQ(read(text).rows.size(), 100U);
  EXPECT_EQ(faults_.first().size(), limits::kImportFaultsTold);
  EXPECT_EQ(faults_.count(), 200U);
}

TEST_F(StatusesCsv, AreReadUpToTheLineThatIsOneTooMany) {
  std::string text = "name,type\n";
  for (std::size_t i = 0; i < limits::kLiveStatuses; ++i) text += "A,busy\n";
  EXPECT_EQ(read(text).rows.size(), limits::kLiveStatuses);
  EXPECT_TRUE(faults_.none());
  for (int i = 0; i < 100'000; ++i) text += "A,busy,wrong\n";
  EXPECT_TRUE(read(text).rows.empty());
  ASSERT_EQ(faults_.count(), 1U);
  EXPECT_EQ(faults_.first()[0].pointer, "line 502");
  EXPECT_EQ(faults_.first()[0].code, "too_many_lines");
}

class StatusesJson : public testing::Test {
 protected:
  FieldFaults faults_of(const std::string& text) const {
    FieldFaults faults;
    statuses_from_json(parse_json(text).value(), faults);
    return faults;
  }
  // `count` times `each` with its number in place of '#'.
  static std::string list(std::size_t count, const std::string& each) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
      all += (i > 0 ? "," : "") + each;
      if (const std::size_t at = all.rfind('#'); at != std::string::npos) {
        all.replace(at, 1, std::to_string(i));
      }
    }
    return all;
  }
};

TEST_F(StatusesJson, OfManyFaultsTheFirstAreKeptAndAllAreCounted) {
  const FieldFaults all =
      faults_of(R"({"statuses": [)" + list(400, R"({"name": 1, "x": 2})") + "]}");
  EXPECT_EQ(all.first().size(), limits::kImportFaultsTold);
  EXPECT_EQ(all.count(), 800U);
  EXPECT_EQ(faults_of("{" + list(400, R"("x#": 1)") + R"(, "statuses": []})").count(), 400U);
}

TEST_F(StatusesJson, MoreThanAnyStatusHasIsOneFault) {
  const auto status = [](const std::string& inside) {
    return R"({"statuses": [{"name": "A", )" + inside + "}]}";
  };
  const std::size_t most = limits::kStatusMembers;
  EXPECT_EQ(faults_of(status(list(most - 1, R"("x#": 1)"))).count(), most - 1);
  EXPECT_EQ(faults_of(status(R"("tags": [)" + list(most, "1") + "]")).count(), most);
  EXPECT_EQ(faults_of(status(R"("names": {)" + list(most, R"("x#": 1)") + "}")).count(), most);
  for (const auto& [pointer, inside] : std::vector<std::pair<std::string, std::string>>{
           {"/statuses/0", list(most, R"("x#": 1)")},
           {"/statuses/0/tags", R"("tags": [)" + list(most + 1, "1") + "]"},
           {"/statuses/0/names", R"("names": {)" + list(most + 1, R"("x#": 1)") + "}"}}) {
    const FieldFaults one = faults_of(status(inside));
    ASSERT_EQ(one.count(), 1U) << pointer;
    EXPECT_EQ(one.first()[0].pointer, pointer);
  }
}

TEST(WrittenValues, AreTakenWhereNobodyCanDoubtThem) {
  const IcuUnicode unicode;
  for (const auto& [text, seconds] :
       std::vector<std::pair<std::string, std::int64_t>>{{"900", 900},
                                                         {" 15 min", 900},
                                                         {"15min", 900},
                                                         {"1 H", 3600},
                                                         {"2 hours", 7200},
                                                         {"90 s", 90}}) {
    EXPECT_EQ(written_duration(text, unicode), seconds) << text;
  }
  for (const char* text : {"", "1:30", "half an hour", "15 m", "1h30", "1.5 h", "99999999999 h"}) {
    EXPECT_FALSE(written_duration(text, unicode)) << text;
  }
  EXPECT_EQ(written_type("in-a-call", unicode), StatusType::kInACall);
  EXPECT_FALSE(written_type("offline", unicode));
  EXPECT_FALSE(written_type("not ready", unicode));
}

TEST(ParseJson, TakesAMark) {
  EXPECT_TRUE(parse_json("\xef\xbb\xbf{\"statuses\": []}"));
  EXPECT_FALSE(parse_json("\xef\xbb\xbf"));
}

}  // namespace
}  // namespace pastille
