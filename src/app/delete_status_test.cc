#include "app/delete_status.h"

#include "app/restore_status.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;

class DeletingAStatus : public testing::Test {
 protected:
  const Presence& presence(UserId user) const { return *stage.now().presence(user); }

  Stage stage;
  StatusId lunch = stage.status("Lunch");
};

TEST_F(DeletingAStatus, MarksItAndFreesItsName) {
  stage.must(DeleteStatus{lunch, 1});
  const Status& status = *stage.now().status(lunch);
  EXPECT_TRUE(status.deleted);
  EXPECT_EQ(status.version, 2U);
  EXPECT_EQ(status.rev, stage.now().catalogue_version);
  EXPECT_EQ(stage.made<StatusHistoryAdded>()[0].item.action, StatusAction::kDeleted);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"status.delete " + to_text(lunch)});
  stage.status("lunch");
}

TEST_F(DeletingAStatus, MovesWhoShowsItToTheSystemStatusOfItsType) {
  const UserId user = stage.person("ana");
  const Time since = stage.clock.now().wall;
  stage.arrives(
      user, stage.session(user),
      {.status = lunch, .type = StatusType::kAbsent, .note = "soup", .until = since + 1h});
  EXPECT_EQ(stage.now().shown_by(lunch), 1U);
  stage.clock.tick(5min);
  EXPECT_EQ(stage.must(DeleteStatus{lunch, {}}).moved, 1U);
  const Entry& entry = presence(user).entry;
  EXPECT_EQ(entry.status, system_status(StatusType::kAbsent));
  EXPECT_EQ(entry.note, "soup");
  EXPECT_EQ(entry.until, since + 1h);
  EXPECT_EQ(entry.since, since + 5min);  // the status changed
  EXPECT_EQ(entry.rev, stage.now().seq);
  EXPECT_EQ(stage.now().shown_by(lunch), 0U);
  EXPECT_EQ(stage.made<OwnHistoryAdded>()[0].item.name, "Absent");
}

TEST_F(DeletingAStatus, ReplacesPendingAndLastChosenToo) {
  const UserId user = stage.person("bo");
  stage.change([&](Draft& draft) {
    show(draft, user,
         choose(presence(user), {.status = lunch, .type = StatusType::kAbsent, .note = "later"},
                stage.clock.now().wall),
         stage.context());
  });
  ASSERT_EQ(presence(user).pending->status, lunch);
  EXPECT_EQ(stage.must(DeleteStatus{lunch, {}}).moved, 0U);
  EXPECT_EQ(presence(user).pending->status, system_status(StatusType::kAbsent));
  EXPECT_EQ(presence(user).pending->note, "later");
  EXPECT_EQ(presence(user).last_chosen, system_status(StatusType::kAbsent));
  EXPECT_TRUE(presence(user).entry.offline());
}

TEST_F(DeletingAStatus, RefusesInTheOrderOfTheContract) {
  const SessionId nobody = stage.holder_of("nobody", {"statuses.create", "statuses.modify"});
  EXPECT_EQ(stage.refused(DeleteStatus{StatusId{999}, 9}, nobody).problem, Problem::kNotFound);
  EXPECT_EQ(stage.refused(DeleteStatus{system_status(StatusType::kBusy), 9}, nobody).problem,
            Problem::kSystemStatus);
  EXPECT_EQ(stage.refused(DeleteStatus{lunch, 9}, nobody).permission, Permission::kStatusesDelete);
  EXPECT_EQ(stage.refused(DeleteStatus{lunch, 9}).problem, Problem::kStaleVersion);
  stage.must(DeleteStatus{lunch, 1}, stage.holder_of("deleter", {"statuses.delete"}));
  EXPECT_EQ(stage.refused(DeleteStatus{lunch, {}}).problem, Problem::kNotFound);
}

TEST_F(DeletingAStatus, IsUndoneByRestoring) {
  stage.must(DeleteStatus{lunch, {}});
  stage.must(RestoreStatus{lunch});
  EXPECT_FALSE(stage.now().status(lunch)->deleted);
  EXPECT_EQ(stage.now().status(lunch)->version, 3U);
  EXPECT_EQ(stage.made<StatusHistoryAdded>()[0].item.action, StatusAction::kRestored);
  EXPECT_EQ(stage.refused(CreateStatus{{.name = "LUNCH", .type = StatusType::kBusy}}).problem,
            Problem::kNameTaken);
  stage.must(RestoreStatus{lunch});  // live already
  EXPECT_TRUE(stage.changes().empty());
}

TEST_F(DeletingAStatus, IsNotUndoneOntoATakenNameOrWithoutRoom) {
  stage.must(DeleteStatus{lunch, {}});
  const StatusId taker = stage.status("lunch");
  EXPECT_EQ(stage.refused(RestoreStatus{lunch}).problem, Problem::kNameTaken);
  stage.must(DeleteStatus{taker, {}});
  for (std::size_t i = stage.now().live_statuses; i < limits::kLiveStatuses; ++i) {
    stage.status("Status " + std::to_string(i));
  }
  EXPECT_EQ(stage.refused(RestoreStatus{lunch}).problem, Problem::kLimitReached);
}

TEST_F(DeletingAStatus, IsUndoneByWhoMayDelete) {
  stage.must(DeleteStatus{lunch, {}});
  const SessionId creator = stage.holder_of("creator", {"statuses.create"});
  EXPECT_EQ(stage.refused(RestoreStatus{lunch}, creator).permission, Permission::kStatusesDelete);
  EXPECT_EQ(stage.refused(RestoreStatus{system_status(StatusType::kBusy)}, creator).problem,
            Problem::kSystemStatus);
  EXPECT_EQ(stage.refused(RestoreStatus{StatusId{999}}, creator).problem, Problem::kNotFound);
}

}  // namespace
}  // namespace pastille
