// Conversations: opening, writing, reading.
#include "app/send_message.h"

#include "app/mark_read.h"
#include "app/modify_person.h"
#include "app/open_conversation.h"
#include "app/stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

class AConversation : public testing::Test {
 protected:
  const Conversation& it() const { return *stage.now().conversation(id); }
  Message say(SessionId who, const std::string& text) {
    return stage.must(SendMessage{id, text}, who);
  }
  std::uint32_t unread(UserId user) const { return it().unread[it().side(user)]; }

  Stage stage;
  UserId ana = stage.person("ana"), bo = stage.person("bo"), cy = stage.person("cy");
  SessionId as_ana = stage.session(ana), as_bo = stage.session(bo), as_cy = stage.session(cy);
  ConversationId id = stage.must(OpenConversation{bo}, as_ana).conversation;
};

TEST_F(AConversation, IsOneWhoeverOpensIt) {
  const auto again = stage.must(OpenConversation{ana}, as_bo);
  EXPECT_EQ(again.conversation, id);
  EXPECT_FALSE(again.made);
  EXPECT_TRUE(stage.changes().empty());
  EXPECT_TRUE(stage.must(OpenConversation{cy}, as_bo).made);
}

TEST_F(AConversation, IsWithSomebodyActiveAndNotOneself) {
  stage.must(ModifyPerson{cy, {}, {.active = false}});
  for (const std::optional<UserId> with : {std::optional<UserId>(), std::optional(ana),
                                           std::optional(UserId{999}), std::optional(cy)}) {
    EXPECT_EQ(stage.invalid(OpenConversation{with}, as_ana), "/with ");
  }
  EXPECT_EQ(stage.refused(OpenConversation{bo}).problem, Problem::kNotSignedIn);
  stage.must(ModifyPerson{bo, {}, {.active = false}});
  EXPECT_EQ(stage.must(OpenConversation{bo}, as_ana).conversation, id);  // what was said stays
}

TEST_F(AConversation, CountsWhatThePartnerHasNotRead) {
  say(as_ana, "one");
  const Message second = say(as_ana, " two\r\nlines ");
  EXPECT_EQ(second.text, "two\nlines");
  EXPECT_EQ(second.from, ana);
  EXPECT_EQ(it().last_message, second.id);
  EXPECT_EQ(unread(bo), 2U);
  EXPECT_EQ(unread(ana), 0U);
  EXPECT_EQ(stage.made<MessageAdded>().size(), 1U);
  stage.must(MarkRead{id, second.id}, as_bo);
  EXPECT_EQ(unread(bo), 0U);
  EXPECT_EQ(it().read_up_to[it().side(bo)], second.id);
}

TEST_F(AConversation, IsReadByWriting) {
  say(as_ana, "one");
  const Message answer = say(as_bo, "two");
  EXPECT_EQ(unread(bo), 0U);
  EXPECT_EQ(it().read_up_to[it().side(bo)], answer.id);
  EXPECT_EQ(unread(ana), 1U);
}

TEST_F(AConversation, IsNeverReadBackwards) {
  const MessageId first = say(as_ana, "one").id;
  const MessageId second = say(as_ana, "two").id;
  stage.must(MarkRead{id, second}, as_bo);
  stage.must(MarkRead{id, first}, as_bo);
  EXPECT_TRUE(stage.changes().empty());
  EXPECT_EQ(it().read_up_to[it().side(bo)], second);
}

TEST_F(AConversation, StaysUnreadUntilTheLastMessageIs) {
  const MessageId first = say(as_ana, "one").id;
  const MessageId second = say(as_ana, "two").id;
  stage.must(MarkRead{id, first}, as_bo);
  EXPECT_EQ(it().read_up_to[it().side(bo)], first);
  EXPECT_GT(unread(bo), 0U);
  stage.must(MarkRead{id, second}, as_bo);
  EXPECT_EQ(unread(bo), 0U);
}

TEST_F(AConversation, IsReadUpToOneOfItsMessages) {
  EXPECT_EQ(stage.invalid(MarkRead{id, MessageId{1}}, as_bo), "/up_to ");
  const MessageId last = say(as_ana, "one").id;
  EXPECT_EQ(stage.invalid(MarkRead{id, {}}, as_bo), "/up_to ");
  EXPECT_EQ(stage.invalid(MarkRead{id, MessageId{}}, as_bo), "/up_to ");
  EXPECT_EQ(stage.invalid(MarkRead{id, MessageId{last.number + 1}}, as_bo), "/up_to ");
}

TEST_F(AConversation, IsUnknownToOthers) {
  EXPECT_EQ(stage.refused(SendMessage{id, "x"}, as_cy).problem, Problem::kNotFound);
  EXPECT_EQ(stage.refused(MarkRead{id, {}}, as_cy).problem, Problem::kNotFound);
  EXPECT_EQ(stage.refused(SendMessage{id, "x"}).problem, Problem::kNotFound);
  EXPECT_EQ(stage.refused(SendMessage{ConversationId{999}, "x"}, as_ana).problem,
            Problem::kNotFound);
}

TEST_F(AConversation, HoldsTextsOfOneTo4000Characters) {
  const auto invalid = [&](std::optional<std::string> text) {
    return stage.invalid(SendMessage{id, std::move(text)}, as_ana);
  };
  std::string palms;
  for (std::size_t i = 0; i < limits::kMessage; ++i) palms += "🌴";
  EXPECT_EQ(invalid({}), "/text ");
  EXPECT_EQ(invalid(" \n "), "/text ");
  EXPECT_EQ(invalid("a\x1b"), "/text ");
  EXPECT_EQ(invalid(palms + "x"), "/text ");
  EXPECT_EQ(say(as_ana, palms).text, palms);
  say(as_ana, "tab\tand\nline");
}

TEST_F(AConversation, NeverGoesBackInTime) {
  const Message first = say(as_ana, "one");
  stage.clock.set_wall(first.at - std::chrono::hours(1));
  EXPECT_GE(say(as_bo, "two").at, first.at);
}

}  // namespace
}  // namespace pastille
