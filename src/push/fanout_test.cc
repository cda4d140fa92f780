#include "push/fanout.h"

#include <gtest/gtest.h>

namespace pastille::push {
namespace {

Organisation with_people(std::size_t count) {
  Organisation organisation;
  for (std::size_t i = 1; i <= count; ++i) {
    Person person;
    person.id = UserId{i};
    person.rev = i;
    organisation.apply(PersonPut{person});
  }
  organisation.seq = count;
  return organisation;
}

// A publication of these changes, one event, on this state.
std::shared_ptr<const Bulletin> bulletin(const Organisation& before, std::vector<Change> changes) {
  Organisation after = before;
  for (const Change& each : changes) after.apply(each);
  after.seq = before.seq + 1;
  Publication publication;
  publication.events.push_back({.seq = after.seq, .at = {}, .changes = std::move(changes)});
  publication.after = std::make_shared<const Organisation>(std::move(after));
  return bulletin_of(std::make_shared<const Organisation>(before), publication);
}

EntryPut entry(std::uint64_t user, std::uint64_t rev, const std::string& note) {
  Entry shown;
  shown.status = system_status(StatusType::kBusy);
  shown.type = StatusType::kBusy;
  shown.note = note;
  shown.rev = rev;
  return {.user = UserId{user}, .entry = shown, .pending = {}, .last_chosen = {}};
}

TEST(Bulletin, HoldsEachPersonOnceWithTheNewestEntryAscendingByRev) {
  const auto made =
      bulletin(with_people(3), {entry(3, 4, "a"), entry(1, 5, "b"), entry(3, 6, "c")});
  ASSERT_EQ(made->entries.size(), 2U);
  EXPECT_EQ(made->entries[0].user, UserId{1});
  EXPECT_EQ(made->entries[1].user, UserId{3});
  EXPECT_NE(made->entries[1].piece->find(R"("note":"c")"), std::string::npos);
  EXPECT_EQ(made->entries[1].piece->front(), ',');
}

TEST(Bulletin, SaysThatAnErasedPersonIsGone) {
  const Organisation before = with_people(2);
  Person erased = *before.person(UserId{2});
  erased.erased = true;
  erased.active = false;
  erased.rev = 3;
  const auto made = bulletin(before, {PersonPut{erased}});
  ASSERT_EQ(made->entries.size(), 1U);
  EXPECT_EQ(*made->entries[0].piece, R"(,{"user":"u2","gone":true,"rev":)");
  EXPECT_EQ(made->people, std::vector{UserId{2}});
  ASSERT_EQ(made->ended.size(), 1U);
  EXPECT_EQ(made->ended[0].user, UserId{2});
}

TEST(Bulletin, LeavesPeopleAloneWhenTheDirectoryShowsNothingNew) {
  const Organisation before = with_people(1);
  Person same = *before.person(UserId{1});
  same.locale = "fr";
  const auto made = bulletin(before, {PersonPut{same}});
  EXPECT_TRUE(made->people.empty());
  EXPECT_EQ(made->selves, std::vector{UserId{1}});
}

TEST(Bulletin, KnowsWhoseSessionEnded) {
  Organisation before = with_people(1);
  Session session;
  session.id = SessionId{7};
  session.user = UserId{1};
  before.apply(SessionPut{session});
  const auto made = bulletin(before, {SessionDropped{SessionId{7}}});
  ASSERT_EQ(made->ended.size(), 1U);
  EXPECT_EQ(made->ended[0].user, UserId{1});
  EXPECT_EQ(std::get<SessionId>(made->ended[0].access), SessionId{7});
}

Conversation conversation(std::uint64_t last, std::uint64_t first_read, std::uint64_t second_read) {
  Conversation made;
  made.id = ConversationId{1};
  made.members = {UserId{1}, UserId{2}};
  made.last_message = MessageId{last};
  made.read_up_to = {MessageId{first_read}, MessageId{second_read}};
  return made;
}

TEST(Bulletin, GivesAMessageToBothAndNoReadMarkOfWhoWroteIt) {
  Organisation before = with_people(2);
  before.apply(ConversationPut{conversation(1, 1, 1)});
  Message message;
  message.id = MessageId{2};
  message.conversation = ConversationId{1};
  message.from = UserId{1};
  const auto made =
      bulletin(before, {MessageAdded{message}, ConversationPut{conversation(2, 2, 1)}});
  ASSERT_EQ(made->messages.size(), 2U);
  EXPECT_EQ(made->messages[0].frame, made->messages[1].frame);
  EXPECT_TRUE(made->conversations.empty());
}

TEST(Bulletin, TellsBothOfAReadMarkAndOfANewConversation) {
  Organisation before = with_people(2);
  EXPECT_EQ(bulletin(before, {ConversationPut{conversation(0, 0, 0)}})->conversations.size(), 2U);
  before.apply(ConversationPut{conversation(2, 2, 1)});
  const auto made = bulletin(before, {ConversationPut{conversation(2, 2, 2)}});
  ASSERT_EQ(made->messages.size(), 2U);
  EXPECT_EQ(made->messages[0].frame->json(),
            R"({"is":"read","conversation":"c1","user":"u2","up_to":"m2"})");
}

}  // namespace
}  // namespace pastille::push
