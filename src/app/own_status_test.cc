#include "app/own_status.h"

#include "app/arrivals.h"
#include "app/delete_status.h"
#include "app/erase_own_history.h"
#include "app/fall_due.h"
#include "app/stage_test.h"
#include "app/tokens.h"
#include "core/limits.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;

class OwnStatusOf : public testing::Test {
 protected:
  OwnStatusOf()
      : anna(stage.person("anna")),
        berta(stage.person("berta")),
        session(stage.session(anna)),
        lunch(stage.status("Lunch")) {}

  Entry arrive(ConnectionId id = ConnectionId{1}) {
    return stage.must(PersonArrived{Connection{.id = id, .session = session, .token = {}}},
                      session);
  }
  Entry leave(ConnectionId id = ConnectionId{1}) {
    stage.must(PersonLeft{.user = anna, .connection = id});
    return shown();
  }
  Entry shown() { return stage.now().presence(anna)->entry; }
  Entry set(SetOwnStatus command) { return stage.must(command, session).entry; }
  SetOwnStatus choose(UntilAsked until = UntilDefault{}, std::string note = "") {
    return {.target = {}, .status = lunch, .note = std::move(note), .until = until};
  }
  Time now() { return stage.clock.now().wall; }

  Stage stage;
  UserId anna;
  UserId berta;
  SessionId session;
  StatusId lunch;
};

TEST_F(OwnStatusOf, IsShownAtOnceWithItsOwnHistoryAndNoAudit) {
  arrive();
  const Entry entry = set(choose(UntilNever{}, " back soon "));
  EXPECT_EQ(entry.status, lunch);
  EXPECT_EQ(entry.note, "back soon");
  EXPECT_EQ(entry.rev, stage.now().seq);
  ASSERT_EQ(stage.made<OwnHistoryAdded>().size(), 1U);
  EXPECT_EQ(stage.made<OwnHistoryAdded>()[0].item.name, "Lunch");
  EXPECT_TRUE(stage.made<AuditAdded>().empty());
  EXPECT_EQ(stage.now().shown_by(lunch), 1U);
}

TEST_F(OwnStatusOf, WritesNoHistoryWhenNoneIsKept) {
  stage.settings.own_history_kept = std::chrono::days(0);
  arrive();
  set(choose());
  EXPECT_TRUE(stage.made<OwnHistoryAdded>().empty());
}

TEST_F(OwnStatusOf, BeginsAnErasedHistoryAnew) {
  arrive();
  set(choose(UntilNever{}, "soup"));
  stage.must(EraseOwnHistory{}, session);
  EXPECT_TRUE(std::holds_alternative<OwnHistoryErased>(stage.changes().front()));
  ASSERT_EQ(stage.made<OwnHistoryAdded>().size(), 1U);
  EXPECT_EQ(stage.made<OwnHistoryAdded>()[0].item.name, "Lunch");
  EXPECT_EQ(stage.made<OwnHistoryAdded>()[0].item.at, now());

  stage.settings.own_history_kept = std::chrono::days(0);
  stage.must(EraseOwnHistory{}, session);
  EXPECT_TRUE(stage.made<OwnHistoryAdded>().empty());
}

TEST_F(OwnStatusOf, IsNoEventWhenItIsShownAlready) {
  arrive();
  set(choose());
  const std::uint64_t seq = stage.now().seq;
  set(choose());
  EXPECT_EQ(stage.now().seq, seq);
  EXPECT_TRUE(stage.changes().empty());
}

TEST_F(OwnStatusOf, BelongsToThePersonAloneWhoeverAsks) {
  const UserId boss = stage.person("boss", kAdministratorRole);
  const SessionId administrator = stage.session(boss);
  const SetOwnStatus command{.target = anna, .status = lunch, .note = {}, .until = UntilDefault{}};
  EXPECT_EQ(stage.refused(command, administrator).problem, Problem::kOwnStatusOnly);
  EXPECT_EQ(stage.refused(command).problem, Problem::kOwnStatusOnly);  // the command line
  EXPECT_TRUE(stage.run(command, session));                            // oneself
}

TEST_F(OwnStatusOf, RecordsTheRefusalOfAnyoneElse) {
  Draft draft(stage.now());
  const Context context = stage.context();
  const Acting who = *acting(stage.now(), session, context);
  const SetOwnStatus command{.target = berta, .status = lunch, .note = {}, .until = UntilDefault{}};
  EXPECT_FALSE(command.decide(draft, who, context));
  ASSERT_EQ(draft.changes().size(), 1U);
  const AuditItem& item = std::get<AuditAdded>(draft.changes()[0]).item;
  EXPECT_EQ(item.by.user, anna);
  EXPECT_EQ(item.target, to_text(berta));
  EXPECT_EQ(item.problem, Problem::kOwnStatusOnly);
}

TEST_F(OwnStatusOf, TakesOnlyWhatCanBeChosen) {
  const auto pointers = [&](StatusId status) {
    return stage.invalid(
        SetOwnStatus{.target = {}, .status = status, .note = {}, .until = UntilDefault{}}, session);
  };
  EXPECT_EQ(pointers(StatusId{999}), "/status_id ");
  EXPECT_EQ(pointers(system_status(StatusType::kOffline)), "/status_id ");
  stage.must(DeleteStatus{lunch});
  EXPECT_EQ(pointers(lunch), "/status_id ");
}

TEST_F(OwnStatusOf, HasANoteOfAtMost140Characters) {
  arrive();
  std::string note;
  for (std::size_t i = 0; i < limits::kNote; ++i) note += "é";
  EXPECT_EQ(set(choose(UntilNever{}, note)).note, note);
  EXPECT_EQ(stage.invalid(choose(UntilNever{}, note + "é"), session), "/note ");
  EXPECT_EQ(stage.invalid(choose(UntilNever{}, "two\nlines"), session), "/note ");
}

TEST_F(OwnStatusOf, EndsAfterAMinuteToThirtyDays) {
  arrive();
  EXPECT_EQ(set(choose(UntilFor{60s})).until, now() + 60s);
  EXPECT_EQ(set(choose(UntilFor{2'592'000s})).until, now() + std::chrono::days(30));
  EXPECT_EQ(stage.invalid(choose(UntilFor{59s}), session), "/for_s ");
  EXPECT_EQ(stage.invalid(choose(UntilFor{2'592'001s}), session), "/for_s ");
}

TEST_F(OwnStatusOf, EndsAtAnInstantAfterNowAndAtMost366DaysAhead) {
  arrive();
  EXPECT_EQ(set(choose(UntilInstant{now() + 1ms})).until, now() + 1ms);
  EXPECT_EQ(set(choose(UntilInstant{now() + std::chrono::days(366)})).until,
            now() + std::chrono::days(366));
  EXPECT_EQ(stage.invalid(choose(UntilInstant{now()}), session), "/until ");
  EXPECT_EQ(stage.invalid(choose(UntilInstant{now() + std::chrono::days(366) + 1ms}), session),
            "/until ");
}

TEST_F(OwnStatusOf, EndsTodayInThePersonsOwnZone) {
  arrive();
  stage.change([&](Draft& draft) {
    Person person = *draft.now().person(anna);
    person.time_zone = "Asia/Tokyo";
    draft.change(PersonPut{person});
  });
  // 09:00 UTC is 18:00 in Tokyo: midnight there is 15:00 UTC.
  EXPECT_EQ(set(choose(UntilToday{})).until, now() + 6h);
}

TEST_F(OwnStatusOf, TakesTheStatusesDefaultDurationUnlessAskedOtherwise) {
  arrive();
  const StatusId coffee = stage.must(
      CreateStatus{{.name = "Coffee", .type = StatusType::kAbsent, .default_duration_s = 900}});
  SetOwnStatus command{.target = {}, .status = coffee, .note = {}, .until = UntilDefault{}};
  EXPECT_EQ(set(command).until, now() + 900s);
  command.until = UntilNever{};
  EXPECT_FALSE(set(command).until);
}

TEST_F(OwnStatusOf, ReturnsToConnectedAtItsEndAlsoInTheGrace) {
  arrive();
  set(choose(UntilFor{60s}, "soon"));
  leave();
  stage.clock.tick(60s);
  stage.must(StatusEnded{anna});
  EXPECT_EQ(shown().status, system_status(StatusType::kConnected));
  EXPECT_EQ(shown().note, "");
}

TEST_F(OwnStatusOf, DoesNotEndBeforeItsEnd) {
  arrive();
  set(choose(UntilFor{60s}));
  stage.clock.tick(60s - 1ms);
  EXPECT_FALSE(stage.must(StatusEnded{anna}));
  EXPECT_EQ(shown().status, lunch);
}

TEST_F(OwnStatusOf, WaitsWhileOfflineAndWinsOnce) {
  const OwnStatus pending = stage.must(choose(UntilNever{}, "later"), session);
  EXPECT_TRUE(pending.entry.offline());
  ASSERT_TRUE(pending.pending);
  EXPECT_EQ(arrive().status, lunch);
  leave();
  stage.clock.tick(30s);
  stage.must(GraceOver{.user = anna, .as_of = {}});
  EXPECT_TRUE(shown().offline());
  EXPECT_EQ(arrive(ConnectionId{2}).status, system_status(StatusType::kConnected));
}

TEST_F(OwnStatusOf, IsDroppedWhenItsEndPassesWhileOffline) {
  stage.must(choose(UntilFor{60s}), session);
  stage.clock.tick(61s);
  EXPECT_EQ(arrive().status, system_status(StatusType::kConnected));
  EXPECT_FALSE(stage.now().presence(anna)->pending);
}

TEST_F(OwnStatusOf, KeepsStatusAndSinceWithinTheGraceWithoutAnyEvent) {
  arrive();
  const Entry before = set(choose());
  const std::uint64_t seq = stage.now().seq;
  leave();
  stage.clock.tick(29s);
  EXPECT_FALSE(stage.must(GraceOver{.user = anna, .as_of = {}}));
  EXPECT_EQ(arrive(ConnectionId{2}), before);
  EXPECT_EQ(stage.now().seq, seq);
  stage.clock.tick(1h);
  EXPECT_FALSE(stage.must(GraceOver{.user = anna, .as_of = {}}));
}

TEST_F(OwnStatusOf, GoesOfflineOnlyWhenTheLastOfSeveralTabsHasGone) {
  arrive(ConnectionId{1});
  arrive(ConnectionId{2});
  leave(ConnectionId{1});
  stage.clock.tick(1h);
  EXPECT_FALSE(stage.must(GraceOver{.user = anna, .as_of = {}}));
  EXPECT_FALSE(shown().offline());
  leave(ConnectionId{2});
  stage.clock.tick(30s);
  EXPECT_TRUE(stage.must(GraceOver{.user = anna, .as_of = {}}));
  EXPECT_TRUE(shown().offline());
}

TEST_F(OwnStatusOf, ComesBackAsTheLastOneWhenThePersonWantsThat) {
  stage.change([&](Draft& draft) {
    Person person = *draft.now().person(anna);
    person.status_at_sign_in = StatusAtSignIn::kLast;
    draft.change(PersonPut{person});
  });
  arrive();
  set(choose(UntilNever{}, "note"));
  leave();
  stage.clock.tick(30s);
  stage.must(GraceOver{.user = anna, .as_of = {}});
  EXPECT_EQ(arrive(ConnectionId{2}).status, lunch);
  EXPECT_EQ(shown().note, "");
}

TEST_F(OwnStatusOf, TakesAtMostSoManyConnectionsOfOnePerson) {
  for (std::uint64_t each = 1; each <= limits::kConnectionsPerPerson; ++each) {
    arrive(ConnectionId{each});
  }
  EXPECT_EQ(stage
                .refused(PersonArrived{Connection{
                             .id = ConnectionId{999}, .session = session, .token = {}}},
                         session)
                .problem,
            Problem::kLimitReached);
}

TEST_F(OwnStatusOf, IsSetByATokenOfScopeStatusAndNotByOneOfScopeRead) {
  const auto token = [&](Scope scope) {
    CreateToken command{
        .owner = {}, .name = "phone", .scope = scope, .expires_at = {}, .secret = {}};
    command.secret[5] = static_cast<std::uint8_t>(scope);
    return stage.must(command, session).id;
  };
  EXPECT_EQ(stage.refused(choose(), token(Scope::kRead)).problem, Problem::kScopeMissing);
  EXPECT_TRUE(stage.run(choose(), token(Scope::kStatus)));
}

}  // namespace
}  // namespace pastille
