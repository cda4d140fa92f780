// Clients that send or take slowly, or not at all, from both sides of each limit. The limits are
// short here; that they are those of core/limits.h otherwise is the first test.
#include "core/limits.h"
#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

using namespace std::chrono_literals;

constexpr auto kShort = 400ms;
constexpr auto kLong = 20s;  // as long as the client of these tests waits for an answer
constexpr auto kLate = 8s;   // a busy machine's; with it the limit is still far from kLong

const std::string kSignIn =
    "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

Settings patient(Patience patience) {
  Settings settings;
  settings.patience = patience;
  return settings;
}

class AClientWhoseHeaderMustCome : public SiteStage {
 protected:
  AClientWhoseHeaderMustCome()
      : SiteStage(patient({.header = kShort, .body = kLong, .answer = kLong, .idle = kLong})) {}
};

class AClientWhoseBodyMustCome : public SiteStage {
 protected:
  AClientWhoseBodyMustCome()
      : SiteStage(patient({.header = kLong, .body = kShort, .answer = kLong, .idle = kLong})) {}
};

class AClientThatMustSaySomething : public SiteStage {
 protected:
  AClientThatMustSaySomething()
      : SiteStage(patient({.header = kLong, .body = kLong, .answer = kLong, .idle = kShort})) {}
};

class AClientThatMustTakeItsAnswers : public SiteStage {
 protected:
  AClientThatMustTakeItsAnswers()
      : SiteStage(patient({.header = kLong, .body = kLong, .answer = kShort, .idle = kLong})) {}
};

TEST(PatienceWithClients, IsAsTheLimitsSay) {
  const Patience patience;
  EXPECT_EQ(patience.header, limits::kHeaderWithin);
  EXPECT_EQ(patience.body, limits::kBodyWithin);
  EXPECT_EQ(patience.answer, limits::kAnswerTakenWithin);
  EXPECT_EQ(patience.idle, limits::kIdleConnection);
}

TEST_F(AClientWhoseHeaderMustCome, IsClosedWhenItNeverEndsHoweverOftenBytesCome) {
  const auto client = stranger();
  client->send("GET /healthz HTTP/1.1\r\n");
  const auto began = std::chrono::steady_clock::now();
  // Each byte comes long before the limit; the limit is of the whole.
  while (!client->closed_within(kShort / 10)) {
    ASSERT_LT(std::chrono::steady_clock::now() - began, kLong) << "still open";
    client->send("X");
  }
  EXPECT_GE(std::chrono::steady_clock::now() - began, kShort * 9 / 10);
}

TEST_F(AClientWhoseHeaderMustCome, IsAnsweredWhenItComesInPiecesInTime) {
  const auto client = stranger();
  for (const char* piece : {"GET /hea", "lthz HTT", "P/1.1\r\nHo", "st: a\r", "\n\r", "\n"}) {
    client->send(piece);
  }
  EXPECT_EQ(client->receive().status, 200);
}

TEST_F(AClientWhoseHeaderMustCome, HoldsUpNobodyElse) {
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(stranger());
    slow.back()->send("GET / HTTP/1.1\r\nX: ");
  }
  EXPECT_EQ(stranger()->call("GET", "/healthz").status, 200);
  for (const auto& each : slow) EXPECT_TRUE(each->closed_by_server());
}

TEST_F(AClientWhoseHeaderMustCome, HasAsLongAsItTakesToBeAnswered) {
  const auto client = agent();
  // Answered after limits::kPositionWait, which is longer than a head may take here.
  const Answer waited =
      client->call("GET", "/api/v1/teams", "", "Pastille-Position: of-no-epoch.1\r\n");
  EXPECT_EQ(waited.status, 503);
  EXPECT_EQ(client->call("GET", "/api/v1/teams").status, 200);
}

TEST_F(AClientWhoseHeaderMustCome, IsNotLingeredOverLongerThanTheLimitHoweverOftenBytesCome) {
  const auto client = stranger();
  client->send("POST /api/v1/users HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
  EXPECT_EQ(client->receive().status, 401);
  const auto idle = stranger();  // to wait by
  const auto began = std::chrono::steady_clock::now();
  while (client->try_send("x")) {
    ASSERT_LT(std::chrono::steady_clock::now() - began, limits::kLingerWithin + kLate)
        << "still open";
    ASSERT_FALSE(idle->closed_within(100ms));
  }
  EXPECT_GE(std::chrono::steady_clock::now() - began, limits::kLingerWithin / 2);
}

TEST_F(AClientWhoseBodyMustCome, IsClosedWhenItDoesNot) {
  const auto client = stranger();
  client->send(kSignIn + "Content-Length: 10\r\n\r\n{");
  EXPECT_TRUE(client->closed_by_server());
}

TEST_F(AClientWhoseBodyMustCome, IsClosedWhenItsChunksNeverEnd) {
  const auto client = stranger();
  client->send(kSignIn + "Transfer-Encoding: chunked\r\n\r\n");
  const auto began = std::chrono::steady_clock::now();
  while (!client->closed_within(kShort / 10)) {
    ASSERT_LT(std::chrono::steady_clock::now() - began, kLong) << "still open";
    client->send("1\r\n \r\n");
  }
}

TEST_F(AClientThatMustSaySomething, IsClosedWhenItSaysNothingAtAllOrNothingMore) {
  EXPECT_TRUE(stranger()->closed_by_server());
  const auto client = stranger();
  EXPECT_EQ(client->call("GET", "/healthz").status, 200);
  EXPECT_TRUE(client->closed_by_server());
}

TEST_F(AClientThatMustTakeItsAnswers, IsClosedWhenItAsksAndNeverReads) {
  const auto client = stranger();
  // More answers than all buffers between the two hold, until the server reads no more either.
  const std::string many = [] {
    std::string all;
    for (int i = 0; i < 1000; ++i) all += "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    return all;
  }();
  const auto began = std::chrono::steady_clock::now();
  while (client->try_send(many)) {
    ASSERT_LT(std::chrono::steady_clock::now() - began, kLong) << "still open";
  }
  EXPECT_EQ(stranger()->call("GET", "/healthz").status, 200);
}

}  // namespace
}  // namespace pastille::http
