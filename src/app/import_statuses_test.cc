#include "app/import_statuses.h"

#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

using StatusRow = ImportStatuses::Row;

class ImportingStatuses : public testing::Test {
 protected:
  static StatusRow row(const std::string& place, const std::string& name, StatusType type) {
    return {.place = place, .fields = {.name = name, .type = type}};
  }
  const Status& named(const std::string& folded) const {
    return *stage.now().status(*stage.now().status_names.find(folded));
  }
  Stage stage;
};

TEST_F(ImportingStatuses, CreatesWhatIsNewAndModifiesWhatHasTheName) {
  stage.must(ImportStatuses{{row("line 2", "Pause café", StatusType::kAbsent)}});
  StatusRow again = row("line 2", "PAUSE CAFE", StatusType::kBusy);
  again.fields.tags = std::vector<std::string>{"Break"};
  const auto answer =
      stage.must(ImportStatuses{{again, row("line 3", "Lunch", StatusType::kAbsent)}});
  ASSERT_EQ(answer.steps.size(), 2U);
  EXPECT_FALSE(answer.steps[0].created);
  std::vector<std::string> changed;
  for (const FieldChange& each : answer.steps[0].changes) changed.push_back(each.field);
  EXPECT_EQ(changed, (std::vector<std::string>{"name", "type", "tags"}));
  EXPECT_TRUE(answer.steps[1].created);
  EXPECT_EQ(named("pause cafe").fields.type, StatusType::kBusy);
  EXPECT_EQ(named("pause cafe").version, 2U);
}

TEST_F(ImportingStatuses, WhatIsTheSameAlreadyKeepsItsVersion) {
  const ImportStatuses command{{row("line 2", "Lunch", StatusType::kAbsent)}};
  stage.must(command);
  EXPECT_TRUE(stage.must(command).steps[0].changes.empty());
  EXPECT_EQ(named("lunch").version, 1U);
}

TEST_F(ImportingStatuses, ADryRunAnswersTheSameAndChangesNothing) {
  const auto answer = stage.must(
      ImportStatuses{.rows = {row("line 2", "Lunch", StatusType::kAbsent)}, .dry_run = true});
  EXPECT_TRUE(answer.steps[0].created);
  EXPECT_TRUE(stage.changes().empty());
  EXPECT_FALSE(stage.now().status_names.contains("lunch"));
}

TEST_F(ImportingStatuses, NamesTheTagsThatNoStatusHadBefore) {
  StatusRow lunch = row("line 2", "Lunch", StatusType::kAbsent);
  lunch.fields.tags = {"Break", "HR"};
  EXPECT_EQ(stage.must(ImportStatuses{{lunch}}).new_tags,
            (std::vector<std::string>{"Break", "HR"}));
  StatusRow paid = row("line 2", "Coffee", StatusType::kAbsent);
  paid.fields.tags = {"break", "break,paid"};
  lunch.fields.tags = {"hr", "Break,Paid", "Noon"};
  EXPECT_EQ(stage.must(ImportStatuses{.rows = {paid, lunch}, .dry_run = true}).new_tags,
            (std::vector<std::string>{"break,paid", "Noon"}));
  EXPECT_TRUE(
      stage.must(ImportStatuses{{row("line 2", "Plain", StatusType::kBusy)}}).new_tags.empty());
}

TEST_F(ImportingStatuses, KeepsTheCodeOfAFaultSoThatAPageCanSayItInItsLanguage) {
  const Refusal refusal =
      stage.refused(ImportStatuses{{row("line 2", std::string(61, 'x'), StatusType::kBusy)}});
  ASSERT_EQ(refusal.errors.size(), 1U);
  EXPECT_EQ(refusal.errors[0].pointer, "line 2, name");
  EXPECT_NE(refusal.errors[0].code, "invalid");
  EXPECT_FALSE(refusal.errors[0].params.empty());
}

TEST_F(ImportingStatuses, TakesAllOrNothingAndNamesEveryFault) {
  StatusRow late = row("line 5", "Long", StatusType::kBusy);
  late.fields.default_duration_s = 59;
  const std::string pointers = stage.invalid(ImportStatuses{
      {row("line 2", "Fine", StatusType::kBusy), row("line 3", "", StatusType::kBusy),
       row("line 4", "fine", StatusType::kBusy), late}});
  EXPECT_EQ(pointers, "line 3, name line 4, name line 5, default_duration_s ");
  EXPECT_FALSE(stage.now().status_names.contains("fine"));
}

TEST_F(ImportingStatuses, WhatCouldNotBeReadIsSaidOnceTogetherWithWhatTheRuleFinds) {
  ImportStatuses command{{row("line 2", "", StatusType::kBusy), {.place = "line 3", .fields = {}}}};
  command.rows[1].fields.name = "Typed";
  command.faults.add({.pointer = "line 3, type", .detail = "Write busy."});
  EXPECT_EQ(stage.invalid(command), "line 3, type line 2, name ");
  EXPECT_EQ(stage.invalid(ImportStatuses{.rows = {row("line 2", "Fine", StatusType::kBusy)},
                                         .faults = command.faults}),
            "line 3, type ");
  EXPECT_FALSE(stage.now().status_names.contains("fine"));
}

TEST_F(ImportingStatuses, OfManyFaultsTheFirstAreToldAndAllAreCounted) {
  ImportStatuses command;
  for (std::size_t i = 0; i < limits::kImportFaultsTold; ++i) {
    command.rows.push_back(row("line " + std::to_string(i + 2), "", StatusType::kBusy));
  }
  EXPECT_EQ(stage.refused(command).errors_untold, 0U);
  command.rows.push_back(row("line 102", "", StatusType::kBusy));
  const Refusal refusal = stage.refused(command);
  EXPECT_EQ(refusal.errors.size(), limits::kImportFaultsTold);
  EXPECT_EQ(refusal.errors_untold, 1U);
  EXPECT_TRUE(refusal.detail.starts_with("101 things are wrong; the first 100")) << refusal.detail;
}

TEST_F(ImportingStatuses, ASystemStatusIsNotModifiedByAFileEither) {
  EXPECT_EQ(stage.invalid(ImportStatuses{{row("line 2", "Busy", StatusType::kAbsent)}}), "line 2 ");
}

}  // namespace
}  // namespace pastille
