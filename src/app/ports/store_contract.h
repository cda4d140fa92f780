// What every Store and Archive promises, as tests that each implementation runs on itself:
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, StoreContract, MemoryFixture);
// A fixture has store(), archive() and reopen(): the process ends, as far as the store knows.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/store_stage_test.h"
#include "core/limits.h"

namespace pastille {

TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, BeginsEmpty) {
  const Organisation state = this->store().load();
  EXPECT_EQ(state.seq, 0U);
  EXPECT_TRUE(state.people.empty());
  EXPECT_FALSE(this->store().last_alive());
  EXPECT_FALSE(this->store().newest_event());
}

TYPED_TEST_P(StoreContract, GivesBackAllThatWasWritten) {
  this->found();
  Session session{.id = SessionId{4}, .user = this->kAnna, .created_at = this->kStart};
  session.secret[31] = 0xff;
  Token token{.id = TokenId{9}, .user = this->kAnna, .name = "desk phone", .scope = Scope::kStatus};
  Invitation invitation{.id = InvitationId{2}, .user = UserId{2}, .expires_at = this->kStart};
  const Entry entry{.status = StatusId{6},
                    .type = StatusType::kAbsent,
                    .note = "back at \"two\"",
                    .since = this->kStart,
                    .until = this->kStart + Duration(1),
                    .rev = 2};
  const Pending pending{.status = StatusId{6}, .note = "later", .until = {}};
  Conversation conversation{.id = ConversationId{3}, .members = {UserId{1}, UserId{2}}};
  conversation.unread = {0, 2};
  conversation.read_up_to = {MessageId{2}, MessageId{}};
  conversation.last_message = MessageId{2};
  this->commit(
      {TeamPut{Team{.id = TeamId{1}, .name = this->label("Sales")}}, SessionPut{session},
       TokenPut{token}, InvitationPut{invitation},
       EntryPut{.user = this->kAnna, .entry = entry, .pending = {}, .last_chosen = StatusId{6}},
       EntryPut{.user = UserId{2}, .entry = {}, .pending = pending, .last_chosen = StatusId{1}},
       ConversationPut{conversation}, SealingKeyPut{{1, 0, 0xff}}});
  this->reopen();
  const Organisation state = this->store().load();
  EXPECT_EQ(state.seq, 2U);
  EXPECT_EQ(*state.status(StatusId{6}), this->status(6, "Lunch"));
  EXPECT_EQ(*state.person(UserId{1}), this->person(1));
  EXPECT_EQ(state.role(RoleId{1})->permissions, this->role(1).permissions);
  EXPECT_EQ(state.team(TeamId{1})->name.text, "Sales");
  EXPECT_EQ(*state.session(SessionId{4}), session);
  EXPECT_EQ(*state.token(TokenId{9}), token);
  EXPECT_EQ(**state.invitations.find(InvitationId{2}), invitation);
  EXPECT_EQ(state.presence(UserId{1})->entry, entry);
  EXPECT_EQ(state.presence(UserId{2})->pending, pending);
  EXPECT_EQ(*state.conversation(ConversationId{3}), conversation);
  EXPECT_EQ(state.sealing_key, (SealingKey{1, 0, 0xff}));
  EXPECT_EQ(state.shown_by(StatusId{6}), 1U);
  EXPECT_EQ(*state.session_secrets.find(session.secret), SessionId{4});
}

TYPED_TEST_P(StoreContract, ReplacesRowsAndDropsThem) {
  this->found();
  Status renamed = this->status(6, "Long lunch");
  renamed.deleted = true;
  this->commit({StatusPut{renamed}, TeamPut{Team{.id = TeamId{1}, .name = this->label("Sales")}}});
  this->commit({TeamDropped{TeamId{1}}});
  this->reopen();
  const Organisation state = this->store().load();
  EXPECT_EQ(*state.status(StatusId{6}), renamed);
  EXPECT_FALSE(state.status_names.contains(std::string("Lunch")));
  EXPECT_EQ(state.team(TeamId{1}), nullptr);
}

TYPED_TEST_P(StoreContract, NeverGivesANumberTwice) {
  this->found();
  this->commit({TeamPut{Team{.id = TeamId{5}, .name = this->label("Sales")}},
                SessionPut{Session{.id = SessionId{8}, .user = this->kAnna}}});
  this->commit({TeamDropped{TeamId{5}}, SessionDropped{SessionId{8}}});
  this->reopen();
  const Organisation state = this->store().load();
  EXPECT_EQ(state.next.team, 6U);
  EXPECT_EQ(state.next.session, 9U);
  EXPECT_EQ(state.next.user, 3U);
}

TYPED_TEST_P(StoreContract, SaysMovedOnWithWhatWasMissed) {
  this->found();
  this->commit({TeamPut{Team{.id = TeamId{1}, .name = this->label("Sales")}}});
  Batch late{.id = this->id_of(99), .expected_seq = 1, .events = {}};
  const TeamPut team{Team{.id = TeamId{2}, .name = this->label("Late")}};
  late.events.push_back(Event{.seq = 2, .at = this->kStart, .changes = {team}});
  const CommitResult result = this->store().commit(late);
  const auto* moved = std::get_if<MovedOn>(&result);
  ASSERT_NE(moved, nullptr);
  ASSERT_EQ(moved->missed.size(), 1U);
  EXPECT_EQ(moved->missed[0].seq, 2U);
  EXPECT_EQ(std::get<TeamPut>(moved->missed[0].changes.at(0)).team.name.text, "Sales");
  EXPECT_EQ(this->store().load().team(TeamId{2}), nullptr);
}

TYPED_TEST_P(StoreContract, KnowsWhetherABatchIsThere) {
  this->found();
  EXPECT_EQ(this->store().settle(this->id_of(1)), Settled::kThere);
  EXPECT_EQ(this->store().settle(this->id_of(77)), Settled::kNotThere);
}

TYPED_TEST_P(StoreContract, BeginsANewEpochAtTheNextSeq) {
  const Epoch first = this->store().begin_epoch();
  EXPECT_EQ(first.first_seq, 1U);
  this->found();
  this->reopen();
  const Epoch second = this->store().begin_epoch();
  EXPECT_EQ(second.first_seq, 2U);
  EXPECT_NE(first.id, second.id);
  const auto epochs = this->store().load().epochs.all();  // a node began one as it joined
  EXPECT_EQ(epochs.back(), second);
  EXPECT_EQ(std::ranges::count(epochs, first), 1);
}

TYPED_TEST_P(StoreContract, ForgetsOldPresenceAndNothingElse) {
  this->found();
  const EntryPut shown{.user = this->kAnna, .entry = {}, .pending = {}, .last_chosen = StatusId{6}};
  this->commit({shown}, this->kStart + Duration(10));
  this->commit({TeamPut{Team{.id = TeamId{1}, .name = this->label("Sales")}}},
               this->kStart + Duration(20));
  this->commit({shown}, this->kStart + Duration(30));
  this->forget(Retention{.events = this->kStart + Duration(25)});
  EXPECT_FALSE(this->store().changes_since(0));
  EXPECT_FALSE(this->store().changes_since(1));
  const auto since = this->store().changes_since(2);
  ASSERT_TRUE(since);
  EXPECT_EQ(since->size(), 2U);
}

// Names, messages and secrets would otherwise outlive the person's erasure in the events.
TYPED_TEST_P(StoreContract, ForgetsEventsThatHoldAnythingOfAPerson) {
  this->found();  // people are in it
  this->commit({TeamPut{Team{.id = TeamId{1}, .name = this->label("Sales")}},
                SessionPut{Session{.id = SessionId{8}, .user = this->kAnna}}});
  this->commit({RolePut{this->role(2)}});
  this->forget(Retention{.events = this->kStart + Duration(1)});
  EXPECT_FALSE(this->store().changes_since(1));
  const auto since = this->store().changes_since(2);
  ASSERT_TRUE(since);
  EXPECT_EQ(since->size(), 1U);
  EXPECT_EQ(this->store().load().people.size(), 2U);
}

TYPED_TEST_P(StoreContract, NotesThatItIsAlive) {
  this->store().note_alive(this->kStart);
  this->found();
  this->reopen();
  EXPECT_EQ(this->store().last_alive(), this->kStart);
  EXPECT_EQ(this->store().newest_event(), this->kStart);
}

TYPED_TEST_P(StoreContract, PagesHistoryNewestFirstWhileMoreIsWritten) {
  this->found();
  const auto item = [&](int number) {
    return StatusHistoryAdded{
        StatusHistoryItem{.status = StatusId{6},
                          .at = this->kStart,
                          .by = {.kind = Author::Kind::kPerson, .user = this->kAnna},
                          .action = StatusAction::kModified,
                          .changes = {{"position", "0", std::to_string(number)}}}};
  };
  for (int number = 1; number <= 5; ++number) this->commit({item(number)});
  const auto after = [](const StatusHistoryItem& each) { return each.changes.at(0).after; };
  auto page = this->archive().status_history(StatusId{6}, {.before = 0, .limit = 2});
  EXPECT_EQ(page.total, 5U);
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(after(page.items[0]), "5");
  this->commit({item(6)});
  page = this->archive().status_history(StatusId{6}, {.before = page.next_before, .limit = 2});
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(after(page.items[0]), "3");
  page = this->archive().status_history(StatusId{6}, {.before = page.next_before, .limit = 2});
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.next_before, 0U);
  EXPECT_EQ(page.items[0].by.user, this->kAnna);
}

TYPED_TEST_P(StoreContract, EndsEachStepOfAPersonsHistoryWhereTheNextBegins) {
  this->found();
  const auto step = [&](UserId user, int minute) {
    return OwnHistoryAdded{OwnHistoryItem{.user = user,
                                          .at = this->kStart + std::chrono::minutes(minute),
                                          .status = StatusId{6},
                                          .name = "Lunch",
                                          .type = StatusType::kAbsent,
                                          .note = "n"}};
  };
  this->commit({step(UserId{1}, 0), step(UserId{2}, 1), step(UserId{1}, 5)});
  const auto page = this->archive().own_history(UserId{1}, {});
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_FALSE(page.items[0].to);
  EXPECT_EQ(page.items[1].to, this->kStart + std::chrono::minutes(5));
  this->forget(Retention{.own_history = this->kStart + std::chrono::minutes(6)});
  EXPECT_EQ(this->archive().own_history(UserId{1}, {}).items.size(), 1U);
  EXPECT_EQ(this->archive().own_history(UserId{2}, {}).items.size(), 1U);
  this->commit({OwnHistoryErased{UserId{1}}});
  EXPECT_EQ(this->archive().own_history(UserId{1}, {}).total, 0U);
}

TYPED_TEST_P(StoreContract, KeepsMessagesAuditAndAnswers) {
  this->found();
  AnswerKept kept{
      .user = this->kAnna, .key = "k1", .fingerprint = {}, .at = this->kStart, .status = 201};
  kept.fingerprint[0] = 7;
  kept.headers = "Location: /x";
  kept.body = "{}";
  this->commit(
      {ConversationPut{Conversation{.id = ConversationId{1}, .members = {UserId{1}, UserId{2}}}},
       MessageAdded{Message{.id = MessageId{1},
                            .conversation = ConversationId{1},
                            .from = UserId{1},
                            .text = "Żółć\n👋",
                            .at = this->kStart}},
       MessageAdded{Message{.id = MessageId{2},
                            .conversation = ConversationId{1},
                            .from = UserId{2},
                            .text = "hi",
                            .at = this->kStart + Duration(5)}},
       AuditAdded{AuditItem{.at = this->kStart,
                            .by = {},
                            .action = "own-status.set",
                            .target = "u2",
                            .problem = Problem::kOwnStatusOnly,
                            .count = 3}},
       kept});
  const auto page = this->archive().messages(ConversationId{1}, {}, {});
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items[1].text, "Żółć\n👋");
  EXPECT_EQ(this->archive().messages_by_id({MessageId{1}, MessageId{44}}, {}).size(), 1U);
  const auto audit = this->archive().audit({});
  ASSERT_EQ(audit.items.size(), 1U);
  EXPECT_EQ(audit.items[0].problem, Problem::kOwnStatusOnly);
  EXPECT_EQ(audit.items[0].count, 3U);
  const auto answer = this->archive().answer(this->kAnna, "k1");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->headers, "Location: /x");
  EXPECT_EQ(answer->fingerprint, kept.fingerprint);
  EXPECT_TRUE(this->store().load().answers.contains(std::pair(this->kAnna, std::string("k1"))));
  this->commit({AnswersPurged{this->kStart + Duration(1)}});
  this->forget(Retention{.messages = this->kStart + Duration(1)});
  EXPECT_EQ(this->archive().messages(ConversationId{1}, {}, {}).total, 1U);
  EXPECT_FALSE(this->archive().answer(this->kAnna, "k1"));
}

// However much is old, a commit that waits does so for one piece.
TYPED_TEST_P(StoreContract, ForgetsInPieces) {
  this->found();
  const EntryPut shown{.user = this->kAnna, .entry = {}, .pending = {}, .last_chosen = StatusId{6}};
  std::vector<Change> steps;
  for (int at = 0; at < 7; ++at) {
    steps.emplace_back(OwnHistoryAdded{OwnHistoryItem{.user = this->kAnna,
                                                      .at = this->kStart + Duration(at),
                                                      .status = StatusId{6},
                                                      .name = "Lunch",
                                                      .type = StatusType::kAbsent,
                                                      .note = {}}});
  }
  this->commit(steps, this->kStart);
  for (int more = 0; more < 4; ++more) this->commit({shown}, this->kStart);
  const Time later = this->kStart + Duration(100);
  const Retention before{.events = later, .own_history = later, .messages = later};
  EXPECT_TRUE(this->store().forget(before, 3));
  EXPECT_EQ(this->archive().own_history(this->kAnna, {}).total, 4U);
  this->forget(before);
  EXPECT_EQ(this->archive().own_history(this->kAnna, {}).total, 1U);  // has not ended
  EXPECT_FALSE(this->store().changes_since(5));
  EXPECT_TRUE(this->store().changes_since(6));
  EXPECT_FALSE(this->store().forget(before, 3));
}

// A commit deletes no more than a piece of it, and no reader sees the rest.
TYPED_TEST_P(StoreContract, ErasesALongHistoryForReadersAtOnceAndForgetsItInPieces) {
  this->found();
  const auto step = [&](UserId user, int at) {
    return OwnHistoryAdded{OwnHistoryItem{.user = user,
                                          .at = this->kStart + Duration(at),
                                          .status = StatusId{6},
                                          .name = "Lunch",
                                          .type = StatusType::kAbsent,
                                          .note = {}}};
  };
  std::vector<Change> steps{step(UserId{2}, 0)};
  for (int at = 0; std::cmp_less(at, 3 * limits::kErasedAtOnce); ++at)
    steps.emplace_back(step(this->kAnna, at));
  this->commit(steps);
  this->commit({OwnHistoryErased{this->kAnna}});
  EXPECT_EQ(this->archive().own_history(this->kAnna, {}).total, 0U);
  EXPECT_TRUE(this->archive().own_history(this->kAnna, {}).items.empty());
  this->commit({OwnHistoryErased{this->kAnna}, step(this->kAnna, 1'000), step(this->kAnna, 1'001)});
  this->reopen();
  const auto is_there = [&] {
    const auto page = this->archive().own_history(this->kAnna, {});
    EXPECT_EQ(page.total, 2U);
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[1].to, this->kStart + Duration(1'001));
    EXPECT_EQ(this->archive().own_history(UserId{2}, {}).total, 1U);
  };
  is_there();
  while (this->store().forget({}, limits::kErasedAtOnce)) is_there();
  is_there();
  this->commit({OwnHistoryErased{this->kAnna}});
  EXPECT_EQ(this->archive().own_history(this->kAnna, {}).total, 0U);
}

TYPED_TEST_P(StoreContract, NarrowsTheAudit) {
  this->found();
  const auto entry = [&](UserId by, const char* action, const char* target, int at) {
    AuditItem item{.at = this->kStart + Duration(at), .action = action, .target = target};
    if (by) item.by = {.kind = Author::Kind::kPerson, .user = by};
    return item;
  };
  AuditItem refused = entry(this->kAnna, "own-status.set", "u2", 30);
  refused.problem = Problem::kOwnStatusOnly;
  this->commit({AuditAdded{entry(this->kAnna, "user.create", "u2", 10)},
                AuditAdded{entry({}, "user.disable", "u2", 20)}, AuditAdded{refused},
                AuditAdded{entry(UserId{2}, "team.create", "t1", 40)}});
  const auto found = [&](AuditQuery wanted) {
    std::string actions;
    const auto page = this->archive().audit(wanted);
    for (const AuditItem& each : page.items) actions += each.action + " ";
    return actions;
  };
  EXPECT_EQ(found({}), "team.create own-status.set user.disable user.create ");
  EXPECT_EQ(found({.by = this->kAnna}), "own-status.set user.create ");
  EXPECT_EQ(found({.target = "u2"}), "own-status.set user.disable user.create ");
  EXPECT_EQ(found({.action = "user"}), "user.disable user.create ");
  EXPECT_EQ(found({.action = "use"}), "");
  EXPECT_EQ(found({.refused = true}), "own-status.set ");
  EXPECT_EQ(found({.action = "user.disable", .refused = false}), "user.disable ");
  EXPECT_EQ(found({.since = this->kStart + Duration(20), .before = this->kStart + Duration(40)}),
            "own-status.set user.disable ");
  const auto one = this->archive().audit({.page = {.limit = 1}, .target = "u2"});
  EXPECT_EQ(one.total, 3U);
  EXPECT_EQ(found({.page = {.before = one.next_before}, .target = "u2"}),
            "user.disable user.create ");
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, BeginsEmpty, GivesBackAllThatWasWritten,
                            ReplacesRowsAndDropsThem, NeverGivesANumberTwice,
                            SaysMovedOnWithWhatWasMissed, KnowsWhetherABatchIsThere,
                            BeginsANewEpochAtTheNextSeq, ForgetsOldPresenceAndNothingElse,
                            ForgetsEventsThatHoldAnythingOfAPerson, NotesThatItIsAlive,
                            PagesHistoryNewestFirstWhileMoreIsWritten,
                            EndsEachStepOfAPersonsHistoryWhereTheNextBegins,
                            KeepsMessagesAuditAndAnswers, NarrowsTheAudit, ForgetsInPieces,
                            ErasesALongHistoryForReadersAtOnceAndForgetsItInPieces);

}  // namespace pastille
