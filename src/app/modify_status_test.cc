#include "app/modify_status.h"

#include "app/delete_status.h"
#include "app/stage_test.h"

namespace pastille {
namespace {

class ModifyingAStatus : public testing::Test {
 protected:
  const Status& status() const { return *stage.now().status(id); }
  void modify(const StatusPatch& patch) { stage.must(ModifyStatus{id, {}, patch}); }

  Stage stage;
  StatusId id = stage.must(CreateStatus{{.name = "Training",
                                         .names = {{"fr", "Formation"}, {"de", "Schulung"}},
                                         .type = StatusType::kBusy,
                                         .tags = std::vector<std::string>{"a", "b"},
                                         .icon = "🎓",
                                         .default_duration_s = 3600}});
};

TEST_F(ModifyingAStatus, MergesWhatIsGivenAndKeepsTheRest) {
  modify({.name = "Training room",
          .names = {{"fr", {}}, {"es", "Formación"}},
          .tags = std::vector<std::string>{"c"},
          .icon = std::optional<std::string>()});
  EXPECT_EQ(status().fields.name.text, "Training room");
  EXPECT_FALSE(status().fields.names.contains("fr"));
  EXPECT_EQ(status().fields.names.at("de").text, "Schulung");
  EXPECT_EQ(status().fields.names.at("es").text, "Formación");
  EXPECT_EQ(status().fields.tags.size(), 1U);
  EXPECT_EQ(status().fields.icon, "");
  EXPECT_EQ(status().fields.default_duration, std::chrono::hours(1));
  EXPECT_EQ(status().version, 2U);
  EXPECT_EQ(status().rev, stage.now().seq);
}

TEST_F(ModifyingAStatus, WritesEachFieldBeforeAndAfter) {
  modify({.name = "Trainings",
          .names = {{"fr", {}}},
          .tags = std::vector<std::string>{"a \"b\""},
          .default_duration_s = std::optional<std::int64_t>()});
  const auto history = stage.made<StatusHistoryAdded>();
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].item.action, StatusAction::kModified);
  const std::vector<FieldChange> expected = {
      {"name", "\"Training\"", "\"Trainings\""},
      {"names.fr", "\"Formation\"", "null"},
      {"tags", "[\"a\",\"b\"]", "[\"a \\\"b\\\"\"]"},
      {"default_duration_s", "3600", "null"},
  };
  EXPECT_EQ(history[0].item.changes, expected);
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"status.modify " + to_text(id)});
}

TEST_F(ModifyingAStatus, ThatChangesNothingKeepsVersionAndHistory) {
  modify({.name = " Training ", .names = {{"it", {}}}, .tags = std::vector<std::string>{"a", "b"}});
  EXPECT_TRUE(stage.changes().empty());
  EXPECT_EQ(status().version, 1U);
}

TEST_F(ModifyingAStatus, ChangesTheTypeOfWhoShowsItAndNothingElse) {
  const UserId user = stage.person("ana");
  const Time until = stage.clock.now().wall + std::chrono::hours(2);
  stage.arrives(user, stage.session(user),
                {.status = id, .type = StatusType::kBusy, .note = "room 3", .until = until});
  const Entry before = stage.now().presence(user)->entry;
  stage.clock.tick(std::chrono::minutes(5));
  modify({.type = StatusType::kAbsent});
  Entry expected = before;
  expected.type = StatusType::kAbsent;
  expected.rev = stage.now().seq;
  EXPECT_EQ(stage.now().presence(user)->entry, expected);
  EXPECT_TRUE(stage.made<OwnHistoryAdded>().empty());
  modify({.name = "Another name"});
  EXPECT_TRUE(stage.made<EntryPut>().empty());
}

TEST_F(ModifyingAStatus, RefusesInTheOrderOfTheContract) {
  const SessionId nobody = stage.holder_of("nobody", {"statuses.create"});
  const SessionId modifier = stage.holder_of("modifier", {"statuses.modify"});
  const StatusPatch bad{.name = ""};
  const auto problem = [&](StatusId which, std::optional<std::uint64_t> version,
                           const StatusPatch& patch, SessionId who) {
    return stage.refused(ModifyStatus{which, version, patch}, who).problem;
  };
  EXPECT_EQ(problem(StatusId{999}, 9, bad, nobody), Problem::kNotFound);
  EXPECT_EQ(problem(system_status(StatusType::kBusy), 9, bad, nobody), Problem::kSystemStatus);
  EXPECT_EQ(problem(id, 9, bad, nobody), Problem::kPermissionMissing);
  EXPECT_EQ(problem(id, 9, bad, modifier), Problem::kInvalid);
  EXPECT_EQ(problem(id, 9, {.name = "absent"}, modifier), Problem::kStaleVersion);
  EXPECT_EQ(problem(id, 1, {.name = "absent"}, modifier), Problem::kNameTaken);
  stage.must(ModifyStatus{id, 1, {.name = "TRAINING"}}, modifier);
}

TEST_F(ModifyingAStatus, TellsWhoIsLateWhatItIsNow) {
  modify({.name = "Mine"});
  const Refusal refusal = stage.refused(ModifyStatus{id, 1, {.name = "Yours"}});
  EXPECT_EQ(refusal.problem, Problem::kStaleVersion);
  EXPECT_EQ(std::get<StatusId>(refusal.current), id);
  EXPECT_EQ(status().fields.name.text, "Mine");
}

TEST_F(ModifyingAStatus, DoesNotFindADeletedOne) {
  stage.must(DeleteStatus{id, {}});
  EXPECT_EQ(stage.refused(ModifyStatus{id, {}, {}}).problem, Problem::kNotFound);
}

TEST_F(ModifyingAStatus, IsRefusedForEverySystemStatus) {
  for (const StatusType type : kStatusTypes) {
    EXPECT_EQ(stage.refused(ModifyStatus{system_status(type), {}, {}}).problem,
              Problem::kSystemStatus);
  }
}

}  // namespace
}  // namespace pastille
