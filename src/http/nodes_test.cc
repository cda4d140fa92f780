// Requests that land on another node than the ones before.
#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

class NodesSite : public SiteStage {
 protected:
  NodesSite() : SiteStage({}, On::kSeveralNodes) { other_.join(); }

  // By another node; this one has not looked since.
  void commits_elsewhere(std::vector<Change> changes) {
    const std::uint64_t seq = world_.store().load().seq;
    Batch batch{.id = {static_cast<std::uint8_t>(seq)}, .expected_seq = seq, .events = {}};
    batch.events.push_back(
        Event{.seq = seq + 1, .at = clock_.now().wall, .changes = std::move(changes)});
    ASSERT_TRUE(std::holds_alternative<Committed>(other_.commit(batch)));
  }
  UserId first_user() { return UserId{1}; }

  MemoryNode other_{world_};
};

// The same number in another store is another board.
TEST_F(NodesSite, ServeNoBoardOfADatabaseThatWasPutBack) {
  const auto ada = administrator();
  const auto shows = [&](const std::string& note) {
    return EntryPut{.user = first_user(),
                    .entry = {.status = system_status(StatusType::kBusy),
                              .type = StatusType::kBusy,
                              .note = note,
                              .since = clock_.now().wall,
                              .rev = world_.store().load().seq + 1},
                    .pending = {},
                    .last_chosen = system_status(StatusType::kBusy)};
  };
  const auto board = [&] {
    return ada->call("GET", "/api/v1/board", "", "Pastille-Position: newest\r\n").body;
  };
  commits_elsewhere({shows("first")});
  commits_elsewhere({shows("before")});
  const std::string before = board();
  EXPECT_NE(before.find("before"), std::string::npos);
  world_.become_another(2);
  other_.look(0);
  commits_elsewhere({shows("put back")});
  board();  // it begins anew, and buries what it was: one event more
  const std::string after = board();
  EXPECT_EQ(boost::json::parse(before).at("seq"), boost::json::parse(after).at("seq"));
  EXPECT_NE(after.find("put back"), std::string::npos) << after;
}

TEST_F(NodesSite, LookUpASessionThatAnotherMadeAMomentAgo) {
  const auto ada = administrator();
  const Time now = clock_.now().wall;
  commits_elsewhere({SessionPut{Session{.id = SessionId{900},
                                        .user = first_user(),
                                        .secret = secrets_.hash("made elsewhere"),
                                        .created_at = now,
                                        .seen_at = now,
                                        .user_agent = "test"}}});
  const auto client = stranger();
  const std::string cookie = ada->fields.substr(0, ada->fields.find('=') + 1);
  client->fields = cookie + "made elsewhere\r\n";
  EXPECT_EQ(client->call("GET", "/api/v1/me").status, 200);
  client->fields = cookie + "made nowhere\r\n";
  EXPECT_EQ(client->call("GET", "/api/v1/me").status, 401);
}

TEST_F(NodesSite, LookUpATokenThatAnotherMadeAMomentAgo) {
  const auto ada = administrator();
  const Time now = clock_.now().wall;
  commits_elsewhere({TokenPut{Token{.id = TokenId{900},
                                    .user = first_user(),
                                    .secret = secrets_.hash("pst_elsewhere"),
                                    .name = "robot",
                                    .scope = Scope::kRead,
                                    .created_at = now,
                                    .expires_at = now + std::chrono::hours(1)}}});
  const auto client = stranger();
  client->fields = "Authorization: Bearer pst_elsewhere\r\n";
  EXPECT_EQ(client->call("GET", "/api/v1/board").status, 200);
  client->fields = "Authorization: Bearer pst_nowhere\r\n";
  EXPECT_EQ(client->call("GET", "/api/v1/board").status, 401);
}

TEST_F(NodesSite, LookUpAnInvitationThatAnotherMadeAMomentAgo) {
  const auto ada = administrator();
  commits_elsewhere(
      {InvitationPut{Invitation{.id = InvitationId{900},
                                .user = first_user(),
                                .secret = secrets_.hash("elsewhere"),
                                .expires_at = clock_.now().wall + std::chrono::hours(1)}}});
  EXPECT_EQ(stranger()->call("GET", "/api/v1/invitations/elsewhere").status, 200);
  EXPECT_EQ(stranger()->call("GET", "/api/v1/invitations/nowhere").status, 404);
}

// Who is told that they are signed out throws away what they had.
TEST_F(NodesSite, DoNotSayWhoIsSignedOutWhileTheyCannotKnow) {
  const auto ada = administrator();
  node_.cut(true);
  EXPECT_EQ(ada->call("GET", "/api/v1/me").status, 200);
  ada->fields = ada->fields.substr(0, ada->fields.find('=') + 1) + "unknown\r\n";
  const Answer answer = ada->call("GET", "/api/v1/me");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.slug(), "stale");
}

TEST_F(NodesSite, ReachAPositionThatAnotherHasCommittedWithoutBeingWoken) {
  const auto ada = administrator();
  commits_elsewhere({TeamPut{Team{.id = TeamId{9}, .name = {"Sales", "sales"}}}});
  const Position position = world_.store().load().position();
  const Answer answer = ada->call(
      "GET", "/api/v1/teams", "",
      "Pastille-Position: " + position.epoch + "." + std::to_string(position.seq) + "\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("Sales"), std::string::npos);
}

TEST_F(NodesSite, ShowWhatAnotherHasCommittedToWhoAsksForTheNewest) {
  const auto ada = administrator();
  const std::string newest = "Pastille-Position: newest\r\n";
  commits_elsewhere({TeamPut{Team{.id = TeamId{9}, .name = {"Sales", "sales"}}}});
  EXPECT_EQ(ada->call("GET", "/api/v1/teams").body.find("Sales"), std::string::npos);
  EXPECT_NE(ada->call("GET", "/api/v1/teams", "", newest).body.find("Sales"), std::string::npos);
  node_.cut(true);
  EXPECT_EQ(ada->call("GET", "/api/v1/teams", "", newest).status, 200);
}

TEST_F(NodesSite, TakeNoChangeFromBeforeTheyWereTakenForDead) {
  const auto ada = administrator();
  const std::string team = R"({"name":"Sales"})";
  const NodeId before = workspace_.node();
  commits_elsewhere({NodeDropped{before}});
  std::promise<void> looked;
  workspace_.look_then([&] { looked.set_value(); });
  looked.get_future().wait();
  EXPECT_NE(workspace_.node(), before);
  EXPECT_EQ(ada->call("GET", "/api/v1/teams").status, 200);
  const Answer late = ada->call("POST", "/api/v1/teams", team);
  EXPECT_EQ(late.status, 503);
  EXPECT_EQ(late.slug(), "unavailable");
  EXPECT_TRUE(ada->closed_by_server());
  const auto again = stranger();
  again->fields = ada->fields;
  EXPECT_EQ(again->call("POST", "/api/v1/teams", team).status, 201);
}

}  // namespace
}  // namespace pastille::http
