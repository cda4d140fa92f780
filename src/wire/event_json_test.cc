#include "wire/event_json.h"

#include <gtest/gtest.h>

#include <random>
#include <stdexcept>
#include <type_traits>
#include <variant>

namespace pastille {

// Field by field, so that a field that is not written is seen.
bool operator==(const StatusPut& a, const StatusPut& b) { return a.status == b.status; }
bool operator==(const StatusHistoryAdded& a, const StatusHistoryAdded& b) {
  return a.item == b.item;
}
bool operator==(const PersonPut& a, const PersonPut& b) { return a.person == b.person; }
bool operator==(const TeamPut& a, const TeamPut& b) { return a.team == b.team; }
bool operator==(const TeamDropped& a, const TeamDropped& b) { return a.id == b.id; }
bool operator==(const RolePut& a, const RolePut& b) { return a.role == b.role; }
bool operator==(const RoleDropped& a, const RoleDropped& b) { return a.id == b.id; }
bool operator==(const EntryPut& a, const EntryPut& b) {
  return a.user == b.user && a.entry == b.entry && a.pending == b.pending &&
         a.last_chosen == b.last_chosen;
}
bool operator==(const OwnHistoryAdded& a, const OwnHistoryAdded& b) { return a.item == b.item; }
bool operator==(const OwnHistoryErased& a, const OwnHistoryErased& b) { return a.user == b.user; }
bool operator==(const SessionPut& a, const SessionPut& b) { return a.session == b.session; }
bool operator==(const SessionDropped& a, const SessionDropped& b) { return a.id == b.id; }
bool operator==(const TokenPut& a, const TokenPut& b) { return a.token == b.token; }
bool operator==(const TokenDropped& a, const TokenDropped& b) { return a.id == b.id; }
bool operator==(const InvitationPut& a, const InvitationPut& b) {
  return a.invitation == b.invitation;
}
bool operator==(const InvitationDropped& a, const InvitationDropped& b) { return a.id == b.id; }
bool operator==(const ConversationPut& a, const ConversationPut& b) {
  return a.conversation == b.conversation;
}
bool operator==(const MessageAdded& a, const MessageAdded& b) { return a.message == b.message; }
bool operator==(const AuditAdded& a, const AuditAdded& b) { return a.item == b.item; }
bool operator==(const SealingKeyPut& a, const SealingKeyPut& b) { return a.key == b.key; }
bool operator==(const AnswerKept& a, const AnswerKept& b) {
  return a.user == b.user && a.key == b.key && a.fingerprint == b.fingerprint && a.at == b.at &&
         a.status == b.status && a.headers == b.headers && a.body == b.body;
}
bool operator==(const AnswersPurged& a, const AnswersPurged& b) { return a.before == b.before; }
bool operator==(const ConnectionOpened& a, const ConnectionOpened& b) {
  return a.user == b.user && a.connection == b.connection;
}
bool operator==(const ConnectionClosed& a, const ConnectionClosed& b) {
  return a.user == b.user && a.connection == b.connection && a.node == b.node;
}
// When it ends is of one process: another one learns only that it has begun.
bool operator==(const GraceSet& a, const GraceSet& b) {
  return a.user == b.user && a.ends.has_value() == b.ends.has_value() && a.as_of == b.as_of;
}
bool operator==(const NodeDropped& a, const NodeDropped& b) { return a.node == b.node; }
bool operator==(const SignInTried& a, const SignInTried& b) {
  return a.node == b.node && a.login == b.login && a.remote == b.remote && a.right == b.right;
}

namespace wire {
namespace {

// Random values of everything that a change is made of.
class Any {
 public:
  explicit Any(std::uint64_t seed) : random_(seed) {}

  std::uint64_t number() { return random_() >> (1 + random_() % 62); }
  bool coin() { return random_() % 2 == 0; }
  std::string text() {
    static const std::vector<std::string> kPieces{
        "a", "Ł", "👋🏽", "\"", "\\", "\n", "é", "e\u0301", "\u202e", "ا", "{", "]", "\u007f", "0"};
    std::string text;
    for (auto left = random_() % 8; left > 0; --left) text += kPieces[random_() % kPieces.size()];
    return text;
  }
  Label label() { return {.text = text(), .folded = text()}; }
  Time time() {
    return Time(Duration(static_cast<std::int64_t>(number() >> 10U) * (coin() ? 1 : -1)));
  }
  template <class AnyId>
  AnyId id() {
    return AnyId{number() & kMaxIdNumber};
  }
  template <class AnyId>
  std::vector<AnyId> ids() {
    std::vector<AnyId> all(random_() % 4);
    for (AnyId& each : all) each = id<AnyId>();
    return all;
  }
  std::optional<Time> maybe_time() { return coin() ? std::optional(time()) : std::nullopt; }
  SecretHash secret() {
    SecretHash all{};
    for (std::uint8_t& each : all) each = static_cast<std::uint8_t>(random_());
    return all;
  }
  StatusType type() { return kStatusTypes[random_() % kStatusTypes.size()]; }
  Author author() {
    return {.kind = static_cast<Author::Kind>(random_() % 3), .user = id<UserId>()};
  }
  Permissions permissions() {
    Permissions all;
    for (const Permission each : kAllPermissions) {
      if (coin()) all.add(each);
    }
    return all;
  }
  Status status() {
    Status s;
    s.id = id<StatusId>();
    s.fields.name = label();
    for (auto left = random_() % 3; left > 0; --left) s.fields.names[text()] = label();
    s.fields.type = type();
    s.fields.tags.assign(random_() % 3, label());
    s.fields.icon = text();
    if (coin()) s.fields.default_duration = std::chrono::seconds(number() >> 4U);
    s.fields.position = static_cast<int>(random_());
    s.system = coin();
    s.deleted = coin();
    s.version = number();
    s.rev = number();
    s.created_at = time();
    s.created_by = author();
    s.updated_at = time();
    s.updated_by = author();
    return s;
  }
  Person person() {
    return {.id = id<UserId>(),
            .login = label(),
            .display_name = label(),
            .role = id<RoleId>(),
            .teams = ids<TeamId>(),
            .locale = text(),
            .time_zone = text(),
            .status_at_sign_in = coin() ? StatusAtSignIn::kLast : StatusAtSignIn::kConnected,
            .pinned = ids<UserId>(),
            .password_hash = text(),
            .active = coin(),
            .erased = coin(),
            .version = number(),
            .own_version = number(),
            .rev = number(),
            .known_places = {number(), number()},
            .created_at = time()};
  }
  EntryPut entry() {
    EntryPut put;
    put.user = id<UserId>();
    put.entry = {.status = id<StatusId>(),
                 .type = type(),
                 .note = text(),
                 .since = maybe_time(),
                 .until = maybe_time(),
                 .rev = number()};
    if (coin()) put.pending = Pending{id<StatusId>(), text(), maybe_time()};
    put.last_chosen = id<StatusId>();
    return put;
  }
  Conversation conversation() {
    return {
        .id = id<ConversationId>(),
        .members = {id<UserId>(), id<UserId>()},
        .last_message = id<MessageId>(),
        .read_up_to = {id<MessageId>(), id<MessageId>()},
        .unread = {static_cast<std::uint32_t>(random_()), static_cast<std::uint32_t>(random_())},
        .created_at = time(),
        .changed_at = time()};
  }

  // One of each kind.
  std::vector<Change> changes() {
    return {
        StatusPut{status()},
        StatusHistoryAdded{{.status = id<StatusId>(),
                            .at = time(),
                            .by = author(),
                            .action = static_cast<StatusAction>(random_() % 5),
                            .changes = {{text(), text(), text()}, {text(), text(), text()}}}},
        PersonPut{person()},
        TeamPut{{.id = id<TeamId>(), .name = label(), .version = number()}},
        TeamDropped{id<TeamId>()},
        RolePut{{.id = id<RoleId>(),
                 .name = label(),
                 .permissions = permissions(),
                 .built_in = coin(),
                 .version = number()}},
        RoleDropped{id<RoleId>()},
        entry(),
        OwnHistoryAdded{{.user = id<UserId>(),
                         .at = time(),
                         .status = id<StatusId>(),
                         .name = text(),
                         .type = type(),
                         .note = text()}},
        OwnHistoryErased{id<UserId>()},
        SessionPut{{.id = id<SessionId>(),
                    .user = id<UserId>(),
                    .secret = secret(),
                    .created_at = time(),
                    .seen_at = time(),
                    .user_agent = text()}},
        SessionDropped{id<SessionId>()},
        TokenPut{{.id = id<TokenId>(),
                  .user = id<UserId>(),
                  .secret = secret(),
                  .name = text(),
                  .scope = coin() ? Scope::kRead : Scope::kStatus,
                  .created_at = time(),
                  .expires_at = time()}},
        TokenDropped{id<TokenId>()},
        InvitationPut{{.id = id<InvitationId>(),
                       .user = id<UserId>(),
                       .secret = secret(),
                       .expires_at = time()}},
        InvitationDropped{id<InvitationId>()},
        ConversationPut{conversation()},
        MessageAdded{{.id = id<MessageId>(),
                      .conversation = id<ConversationId>(),
                      .from = id<UserId>(),
                      .text = text(),
                      .at = time()}},
        AuditAdded{{.at = time(),
                    .by = author(),
                    .action = text(),
                    .target = text(),
                    .problem = coin() ? std::optional(Problem::kOwnStatusOnly) : std::nullopt,
                    .count = static_cast<std::uint32_t>(random_())}},
        SealingKeyPut{secret()},
        AnswerKept{.user = id<UserId>(),
                   .key = text(),
                   .fingerprint = secret(),
                   .at = time(),
                   .status = 201,
                   .headers = text(),
                   .body = text()},
        AnswersPurged{time()},
        ConnectionOpened{.user = id<UserId>(),
                         .connection = {.id = id<ConnectionId>(),
                                        .node = id<NodeId>(),
                                        .session = id<SessionId>(),
                                        .token = id<TokenId>()}},
        ConnectionClosed{
            .user = id<UserId>(), .connection = id<ConnectionId>(), .node = id<NodeId>()},
        GraceSet{.user = id<UserId>(),
                 .ends = coin() ? std::optional(Instant(Duration(7))) : std::nullopt,
                 .as_of = maybe_time()},
        NodeDropped{id<NodeId>()},
        SignInTried{.node = id<NodeId>(), .login = text(), .remote = text(), .right = coin()},
    };
  }

 private:
  std::mt19937_64 random_;
};

TEST(EventJson, GivesBackEveryKindOfChangeExactly) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Any any(seed);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Change> changes = any.changes();
    ASSERT_EQ(changes.size(), std::variant_size_v<Change>);
    const std::vector<Change> back = parse_changes_json(changes_json(changes, true));
    ASSERT_EQ(back.size(), changes.size());
    for (std::size_t at = 0; at < changes.size(); ++at) {
      ASSERT_TRUE(back[at] == changes[at]) << changes_json({changes[at]}, true);
    }
  }
}

TEST(EventJson, LeavesOutWhoIsConnectedUnlessNodesTellEachOther) {
  EXPECT_EQ(
      changes_json({GraceSet{}, ConnectionOpened{}, TeamDropped{TeamId{3}}, ConnectionClosed{}}),
      R"([{"id":3,"is":"team_dropped"}])");
}

TEST(EventJson, ReadsAnEventOfAnOlderVersionThatHasFewerFields) {
  const auto back = parse_changes_json(R"([{"is":"team_put","id":3}])");
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(std::get<TeamPut>(back[0]).team.version, 1U);
}

TEST(EventJson, RefusesWhatIsDamagedWithAnErrorOfItsOwn) {
  for (const char* damaged :
       {"", "{}", "[", "[7]", "[{}]", R"([{"is":7}])", R"([{"is":"of a later version"}])",
        R"([{"is":"team_put","id":"x"}])", R"([{"is":"team_put","id":-1}])",
        R"([{"is":"team_put","name":[]}])", R"([{"is":"session_put","secret":"00"}])",
        R"([{"is":"conversation_put","members":[1]}])"}) {
    EXPECT_THROW(parse_changes_json(damaged), std::runtime_error) << damaged;
  }
  std::string secret(64, '0');
  secret[5] = 'g';
  EXPECT_THROW(parse_changes_json(R"([{"is":"session_put","secret":")" + secret + R"("}])"),
               std::runtime_error);
}

// Cut short and changed at random: an error or a value, never anything else.
TEST(EventJson, SurvivesRandomDamage) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const std::string whole = changes_json(Any(seed).changes());
  for (int round = 0; round < 2000; ++round) {
    std::string damaged =
        whole.substr(0, random() % 4 == 0 ? random() % whole.size() : whole.size());
    for (auto left = random() % 4; left > 0 && !damaged.empty(); --left) {
      damaged[random() % damaged.size()] = static_cast<char>(' ' + random() % 95);
    }
    try {
      parse_changes_json(damaged);
    } catch (const std::runtime_error&) {
      continue;
    }
  }
}

}  // namespace
}  // namespace wire
}  // namespace pastille
