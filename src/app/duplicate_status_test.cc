#include "app/duplicate_status.h"

#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

class DuplicatingAStatus : public testing::Test {
 protected:
  const Status& copy_of(StatusId id) {
    return *stage.now().status(stage.must(DuplicateStatus{id}));
  }
  Stage stage;
};

TEST_F(DuplicatingAStatus, CopiesAllButTheName) {
  const StatusId id = stage.must(CreateStatus{{.name = "Meeting",
                                               .names = {{"fr", "Réunion"}},
                                               .type = StatusType::kBusy,
                                               .tags = std::vector<std::string>{"t"},
                                               .icon = "📅",
                                               .default_duration_s = 3600}});
  const Status& copy = copy_of(id);
  StatusFields expected = stage.now().status(id)->fields;
  expected.name = copy.fields.name;
  EXPECT_EQ(copy.fields, expected);
  EXPECT_EQ(copy.fields.name.text, "Meeting (copy)");
  EXPECT_EQ(copy.version, 1U);
  EXPECT_EQ(stage.made<StatusHistoryAdded>()[0].item.action, StatusAction::kDuplicated);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"status.duplicate " + to_text(copy.id)});
}

TEST_F(DuplicatingAStatus, CountsTheCopies) {
  const StatusId id = stage.status("Meeting");
  copy_of(id);
  EXPECT_EQ(copy_of(id).fields.name.text, "Meeting (copy 2)");
  EXPECT_EQ(copy_of(id).fields.name.text, "Meeting (copy 3)");
}

TEST_F(DuplicatingAStatus, CutsALongNameBetweenGraphemes) {
  // 53 characters fit before " (copy)": the family of seven code points would end at the 57th.
  const StatusId family = stage.status(std::string(50, 'a') + "👩‍👩‍👧‍👦xyz");
  EXPECT_EQ(copy_of(family).fields.name.text, std::string(50, 'a') + " (copy)");
  const StatusId fits = stage.status(std::string(53, 'b'));
  EXPECT_EQ(copy_of(fits).fields.name.text, std::string(53, 'b') + " (copy)");
  const StatusId longer = stage.status(std::string(52, 'c') + " d");
  EXPECT_EQ(copy_of(longer).fields.name.text, std::string(52, 'c') + " (copy)");
  EXPECT_EQ(copy_of(fits).fields.name.text, std::string(51, 'b') + " (copy 2)");
}

TEST_F(DuplicatingAStatus, TakesThePermissionToCreate) {
  const StatusId id = stage.status("Lunch");
  const SessionId other = stage.holder_of("other", {"statuses.modify", "statuses.delete"});
  EXPECT_EQ(stage.refused(DuplicateStatus{id}, other).permission, Permission::kStatusesCreate);
  stage.must(DuplicateStatus{id}, stage.holder_of("creator", {"statuses.create"}));
}

TEST_F(DuplicatingAStatus, IsRefusedForSystemStatusesAndWhenThereIsNoRoom) {
  EXPECT_EQ(stage.refused(DuplicateStatus{system_status(StatusType::kBusy)}).problem,
            Problem::kSystemStatus);
  const StatusId id = stage.status("Copied");
  while (stage.now().live_statuses < limits::kLiveStatuses) stage.must(DuplicateStatus{id});
  EXPECT_EQ(stage.refused(DuplicateStatus{id}).problem, Problem::kLimitReached);
}

}  // namespace
}  // namespace pastille
