#include "app/create_status.h"

#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

StatusPatch status_named(std::string name) {
  return {.name = std::move(name), .type = StatusType::kAbsent};
}
std::string repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}
std::vector<std::string> tags(std::size_t count) {
  std::vector<std::string> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back("tag " + std::to_string(i));
  return made;
}

class CreatingAStatus : public testing::Test {
 protected:
  std::string invalid(const StatusPatch& fields) { return stage.invalid(CreateStatus{fields}); }
  const StatusFields& created(const StatusPatch& fields) {
    return stage.now().status(stage.must(CreateStatus{fields}))->fields;
  }
  Stage stage;
};

TEST_F(CreatingAStatus, KeepsWhatWasGivenTidily) {
  const StatusId id = stage.must(CreateStatus{{.name = "  Coffee break ",
                                               .names = {{"FR", "Pause cafe\u0301"}},
                                               .type = StatusType::kAbsent,
                                               .tags = std::vector<std::string>{"pause", "Kitchen"},
                                               .icon = "☕",
                                               .default_duration_s = 900,
                                               .position = 7}});
  const Status& status = *stage.now().status(id);
  EXPECT_EQ(id, StatusId{kFirstCustomStatus});
  EXPECT_EQ(status.fields.name.text, "Coffee break");
  EXPECT_EQ(status.fields.names.at("fr").text, "Pause caf\u00e9");
  EXPECT_EQ(status.fields.tags[1].text, "Kitchen");
  EXPECT_EQ(status.fields.icon, "☕");
  EXPECT_EQ(status.fields.default_duration, std::chrono::seconds(900));
  EXPECT_EQ(status.fields.position, 7);
  EXPECT_EQ(status.version, 1U);
  EXPECT_EQ(status.rev, stage.now().seq);
  EXPECT_EQ(stage.now().catalogue_version, stage.now().seq);
  EXPECT_EQ(status.created_at, stage.clock.now().wall);
}

TEST_F(CreatingAStatus, WritesHistoryAndAudit) {
  const SessionId creator = stage.holder_of("creator", {"statuses.create"});
  const StatusId id = stage.must(CreateStatus{status_named("Lunch")}, creator);
  const auto history = stage.made<StatusHistoryAdded>();
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].item.action, StatusAction::kCreated);
  EXPECT_EQ(history[0].item.by.kind, Author::Kind::kPerson);
  EXPECT_EQ(history[0].item.changes[0], (FieldChange{"name", "null", "\"Lunch\""}));
  EXPECT_EQ(stage.recorded(), std::vector<std::string>{"status.create " + to_text(id)});
}

TEST_F(CreatingAStatus, TakesItsPermission) {
  const SessionId other = stage.holder_of("other", {"statuses.modify", "statuses.delete"});
  const Refusal refusal = stage.refused(CreateStatus{status_named("")}, other);
  EXPECT_EQ(refusal.problem, Problem::kPermissionMissing);
  EXPECT_EQ(refusal.permission, Permission::kStatusesCreate);
}

TEST_F(CreatingAStatus, SaysAllThatIsWrongAtOnce) {
  EXPECT_EQ(invalid({}), "/name /type ");
  EXPECT_EQ(invalid({.name = "", .type = StatusType::kBusy, .icon = "long"}), "/name /icon ");
}

TEST_F(CreatingAStatus, TakesANameOfOneTo60Characters) {
  EXPECT_EQ(invalid(status_named("")), "/name ");
  EXPECT_EQ(invalid(status_named(" \u3000 ")), "/name ");
  EXPECT_EQ(invalid(status_named(repeat("é", limits::kStatusName + 1))), "/name ");
  EXPECT_EQ(invalid(status_named("a\nb")), "/name ");
  EXPECT_EQ(invalid(status_named("\xff")), "/name ");
  EXPECT_EQ(invalid(status_named("\u0301")), "/name ");  // an accent alone
  created(status_named("x"));
  created(status_named(repeat("é", limits::kStatusName)));
}

TEST_F(CreatingAStatus, TakesAChosenTypeOnly) {
  EXPECT_EQ(invalid({.name = "Away", .type = StatusType::kOffline}), "/type ");
  int n = 0;
  for (const StatusType type :
       {StatusType::kConnected, StatusType::kAbsent, StatusType::kBusy, StatusType::kInACall}) {
    EXPECT_EQ(created({.name = "Type " + std::to_string(++n), .type = type}).type, type);
  }
}

TEST_F(CreatingAStatus, TakesAtMost20TagsEachOnce) {
  StatusPatch fields = status_named("Tagged");
  fields.tags = tags(limits::kTagsPerStatus + 1);
  EXPECT_EQ(invalid(fields), "/tags ");
  fields.tags = std::vector<std::string>{"fine", "", repeat("x", limits::kTag + 1)};
  EXPECT_EQ(invalid(fields), "/tags/1 /tags/2 ");
  fields.tags = tags(limits::kTagsPerStatus - 1);
  fields.tags->push_back(repeat("x", limits::kTag));
  EXPECT_EQ(created(fields).tags.size(), limits::kTagsPerStatus);
  fields = status_named("Folded");
  fields.tags = std::vector<std::string>{"Été", "ete", "ÉTÉ"};
  const auto& kept = created(fields).tags;
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].text, "Été");
}

TEST_F(CreatingAStatus, TakesAtMost20Translations) {
  StatusPatch fields = status_named("Translated");
  for (char c = 'a'; c < 'a' + 20; ++c) fields.names[std::string("x") + c] = "Name";
  EXPECT_EQ(created(fields).names.size(), limits::kTranslations);
  fields.name = "More";
  fields.names["zz"] = "Name";
  EXPECT_EQ(invalid(fields), "/names ");
  fields.names = {{"not a/language", "x"}, {"fr", ""}, {"de", repeat("x", 61)}};
  EXPECT_EQ(invalid(fields), "/names/de /names/fr /names/not a~1language ");
}

TEST_F(CreatingAStatus, TakesOneGraphemeOfAtMost32BytesAsItsIcon) {
  StatusPatch fields = status_named("Icon");
  for (const std::string& icon :
       {std::string("ab"), std::string("☕☕"), std::string(), std::string(" "), std::string("\a"),
        "q" + repeat("\u0301", 16)}) {  // 33 bytes
    fields.icon = icon;
    EXPECT_EQ(invalid(fields), "/icon ") << icon;
  }
  fields.icon = "👩‍👩‍👧‍👦";
  EXPECT_EQ(created(fields).icon, "👩‍👩‍👧‍👦");
  fields.name = "Letter";
  fields.icon = "e" + repeat("\u0301", 16);  // 32 bytes as NFC
  EXPECT_EQ(created(fields).icon.size(), limits::kIconBytes);
  fields.name = "None";
  fields.icon = std::optional<std::string>();
  EXPECT_EQ(created(fields).icon, "");
}

TEST_F(CreatingAStatus, TakesADurationOfAMinuteTo30Days) {
  StatusPatch fields = status_named("Long");
  for (const std::int64_t seconds : {59, 2'592'001, -1}) {
    fields.default_duration_s = seconds;
    EXPECT_EQ(invalid(fields), "/default_duration_s ");
  }
  fields.default_duration_s = 60;
  created(fields);
  fields.name = "Longest";
  fields.default_duration_s = 2'592'000;
  created(fields);
}

TEST_F(CreatingAStatus, TakesAPositionUpToAMillionAndComesLastWithout) {
  StatusPatch fields = status_named("Placed");
  for (const std::int64_t position : {-1, 1'000'001}) {
    fields.position = position;
    EXPECT_EQ(invalid(fields), "/position ");
  }
  EXPECT_EQ(created(status_named("After the system ones")).position, 5);
  fields.position = 1'000'000;
  created(fields);
  EXPECT_EQ(created(status_named("Last of all")).position, 1'000'000);
}

TEST_F(CreatingAStatus, NeedsANameThatDiffersInMoreThanCaseAndAccents) {
  stage.status("Réunion");
  for (const char* name : {"réunion", "REUNION", " Reunion ", "Re\u0301union"}) {
    EXPECT_EQ(stage.refused(CreateStatus{status_named(name)}).problem, Problem::kNameTaken) << name;
  }
  EXPECT_EQ(stage.refused(CreateStatus{status_named("BUSY")}).problem, Problem::kNameTaken);
  created(status_named("Occupé"));  // a translation of Busy, which takes no name
}

TEST_F(CreatingAStatus, IsPossibleUntilThereAre500) {
  for (std::size_t i = stage.now().live_statuses; i + 1 < limits::kLiveStatuses; ++i) {
    stage.status("Status " + std::to_string(i));
  }
  const StatusId last = stage.status("The 500th");
  EXPECT_EQ(stage.now().live_statuses, limits::kLiveStatuses);
  EXPECT_EQ(stage.refused(CreateStatus{status_named("One more")}).problem, Problem::kLimitReached);
  EXPECT_EQ(stage.now().status(last)->fields.name.text, "The 500th");
}

}  // namespace
}  // namespace pastille
