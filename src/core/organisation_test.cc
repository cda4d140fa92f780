#include "core/organisation.h"

#include <gtest/gtest.h>

#include <random>

namespace pastille {
namespace {

Label label(const std::string& text) { return {.text = text, .folded = text}; }

Status status(StatusId id, const std::string& name) {
  return {.id = id, .fields = {.name = label(name)}, .rev = id.number};
}
Person person(UserId id, RoleId role = kAgentRole) {
  return {.id = id,
          .login = label("login " + std::to_string(id.number)),
          .display_name = label("Name"),
          .role = role,
          .rev = id.number};
}
EntryPut shows(UserId user, StatusId shown, StatusType type) {
  return {.user = user, .entry = {.status = shown, .type = type}, .pending = {}, .last_chosen = {}};
}
const StatusId kOffline = system_status(StatusType::kOffline);
const StatusId kBusy = system_status(StatusType::kBusy);

TEST(Organisation, KnowsStatusesByFoldedNameWhileTheyLive) {
  Organisation it;
  it.apply(StatusPut{status(StatusId{6}, "lunch")});
  it.apply(StatusPut{status(StatusId{7}, "tea")});
  EXPECT_EQ(it.live_statuses, 2U);
  EXPECT_EQ(it.next.status, 8U);
  EXPECT_EQ(it.catalogue_version, 7U);
  Status renamed = status(StatusId{6}, "dinner");
  it.apply(StatusPut{renamed});
  EXPECT_FALSE(it.status_names.contains(std::string("lunch")));
  renamed.deleted = true;
  it.apply(StatusPut{renamed});
  EXPECT_FALSE(it.status_names.contains(std::string("dinner")));
  EXPECT_EQ(it.live_statuses, 1U);
  EXPECT_NE(it.status(StatusId{6}), nullptr);
  renamed.deleted = false;
  it.apply(StatusPut{renamed});
  EXPECT_EQ(*it.status_names.find(std::string("dinner")), StatusId{6});
}

TEST(Organisation, CountsPeoplePerStatusWithoutErasedOnes) {
  Organisation it;
  it.apply(PersonPut{person(UserId{1})});
  it.apply(PersonPut{person(UserId{2})});
  EXPECT_EQ(it.shown_by(kOffline), 2U);
  it.apply(shows(UserId{1}, kBusy, StatusType::kBusy));
  EXPECT_EQ(it.shown_by(kOffline), 1U);
  EXPECT_EQ(it.shown_by(kBusy), 1U);
  Person erased = person(UserId{1});
  erased.erased = true;
  erased.login = {};
  it.apply(PersonPut{erased});
  EXPECT_EQ(it.shown_by(kBusy), 0U);
  it.apply(shows(UserId{1}, kOffline, StatusType::kOffline));
  it.apply(PersonPut{erased});
  EXPECT_EQ(it.shown_by(kOffline), 1U);
  EXPECT_FALSE(it.logins.contains(std::string("login 1")));
}

TEST(Organisation, CountsMembersOfRolesAndActiveAdministrators) {
  Organisation it;
  Person admin = person(UserId{1}, kAdministratorRole);
  it.apply(PersonPut{admin});
  it.apply(PersonPut{person(UserId{2})});
  EXPECT_EQ(it.active_administrators, 1U);
  EXPECT_EQ(*it.role_members.find(kAdministratorRole), 1U);
  admin.active = false;
  it.apply(PersonPut{admin});
  EXPECT_EQ(it.active_administrators, 0U);
  EXPECT_EQ(*it.role_members.find(kAdministratorRole), 1U);
  admin.role = kAgentRole;
  it.apply(PersonPut{admin});
  EXPECT_EQ(it.role_members.find(kAdministratorRole), nullptr);
  EXPECT_EQ(*it.role_members.find(kAgentRole), 2U);
}

TEST(Organisation, FindsSessionsTokensAndInvitationsByTheirSecret) {
  Organisation it;
  it.apply(SessionPut{Session{.id = SessionId{3}, .user = UserId{1}, .secret = {1}}});
  it.apply(SessionPut{Session{.id = SessionId{3}, .user = UserId{1}, .secret = {2}}});
  EXPECT_FALSE(it.session_secrets.contains(SecretHash{1}));
  EXPECT_EQ(*it.session_secrets.find(SecretHash{2}), SessionId{3});
  EXPECT_EQ(it.next.session, 4U);
  it.apply(SessionDropped{SessionId{3}});
  it.apply(SessionDropped{SessionId{3}});
  EXPECT_TRUE(it.session_secrets.empty() && it.sessions_of.empty());
  it.apply(TokenPut{Token{.id = TokenId{1}, .user = UserId{1}, .secret = {5}}});
  it.apply(TokenDropped{TokenId{1}});
  EXPECT_TRUE(it.token_secrets.empty() && it.tokens_of.empty() && it.tokens.empty());
  it.apply(InvitationPut{Invitation{.id = InvitationId{1}, .secret = {6}}});
  it.apply(InvitationDropped{InvitationId{1}});
  EXPECT_TRUE(it.invitation_secrets.empty() && it.invitations.empty());
}

TEST(Organisation, FindsAConversationFromBothSides) {
  Organisation it;
  it.apply(ConversationPut{Conversation{.id = ConversationId{1},
                                        .members = {UserId{2}, UserId{5}},
                                        .last_message = MessageId{9},
                                        .read_up_to = {}}});
  EXPECT_EQ(*it.conversation_of.find(std::pair(UserId{5}, UserId{2})), ConversationId{1});
  EXPECT_EQ(*it.conversation_of.find(std::pair(UserId{2}, UserId{5})), ConversationId{1});
  EXPECT_EQ(it.next.message, 10U);
}

TEST(Organisation, KeepsConnectionsAndGraceBesideTheEntry) {
  Organisation it;
  it.apply(PersonPut{person(UserId{1})});
  it.apply(
      ConnectionOpened{UserId{1}, Connection{.id = ConnectionId{7}, .session = {}, .token = {}}});
  EXPECT_TRUE(it.presence(UserId{1})->signed_in());
  it.apply(GraceSet{UserId{1}, Instant{}});
  it.apply(ConnectionClosed{UserId{1}, ConnectionId{7}});
  EXPECT_TRUE(it.presence(UserId{1})->connections.empty());
  EXPECT_TRUE(it.presence(UserId{1})->signed_in());
  it.apply(GraceSet{UserId{1}, {}});
  EXPECT_FALSE(it.presence(UserId{1})->signed_in());
}

TEST(Organisation, KnowsPositionsOfItsEpochs) {
  Organisation it;
  it.epochs = std::vector<Epoch>{{"a", 1}, {"b", 11}};
  it.seq = 20;
  EXPECT_TRUE(it.knows({"a", 10}));
  EXPECT_FALSE(it.knows({"a", 11}));  // that number was given in the next epoch
  EXPECT_TRUE(it.knows({"b", 11}));
  EXPECT_TRUE(it.knows({"b", 20}));
  EXPECT_FALSE(it.knows({"b", 21}));  // a copy put back
  EXPECT_FALSE(it.knows({"c", 1}));
  EXPECT_EQ(it.position().epoch, "b");
}

// Whatever happens, the maintained counts are what counting would give.
TEST(Organisation, MaintainsItsCountsThroughAThousandChanges) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto draw = [&](unsigned below) { return random() % below; };
  Organisation it;
  for (int step = 0; step < 1000; ++step) {
    const UserId user{1 + draw(20)};
    if (draw(2) == 0) {
      const Person* before = it.person(user);
      if (before != nullptr && before->erased) continue;
      Person after = person(user, RoleId{1 + draw(3)});
      after.active = draw(2) == 0;
      after.erased = draw(20) == 0;
      it.apply(PersonPut{after});
    } else {
      const StatusType type = kStatusTypes[draw(5)];
      it.apply(shows(user, system_status(type), type));
    }
    std::map<StatusId, std::size_t> shown;
    std::map<RoleId, std::size_t> members;
    std::size_t administrators = 0;
    it.people.for_each([&](UserId id, const Box<Person>& each) {
      if (each->erased) return;
      ++shown[it.presence(id)->entry.status];
      ++members[each->role];
      administrators += each->active && each->role == kAdministratorRole ? 1 : 0;
    });
    ASSERT_EQ(it.active_administrators, administrators);
    ASSERT_EQ(it.shown.size(), shown.size());
    for (const auto& [id, number] : shown) ASSERT_EQ(it.shown_by(id), number);
    ASSERT_EQ(it.role_members.size(), members.size());
    for (const auto& [id, number] : members) ASSERT_EQ(*it.role_members.find(id), number);
  }
}

}  // namespace
}  // namespace pastille
