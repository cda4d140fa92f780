// The server as a peer meets it: framing, limits from both sides, keep-alive, handing over.
#include "http/server.h"

#include "core/limits.h"
#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

using ::testing::IsEmpty;

class AServer : public SiteStage {
 protected:
  Answer raw(const std::string& request) {
    const auto client = stranger();
    client->send(request);
    return client->receive();
  }
};

TEST_F(AServer, KeepsAConnectionAndAnswersPipelinedRequestsInTheirOrder) {
  const auto client = stranger();
  client->send(
      "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
      "GET /api/v1/nothing HTTP/1.1\r\nHost: a\r\n\r\n"
      "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client->receive().status, 200);
  EXPECT_EQ(client->receive().status, 404);
  EXPECT_EQ(client->receive().status, 200);
}

TEST_F(AServer, ClosesAfterHttp10AndAfterConnectionClose) {
  for (const char* request : {"GET /healthz HTTP/1.0\r\n\r\n",
                              "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"}) {
    const auto client = stranger();
    client->send(request);
    const Answer answer = client->receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.fields.at("Connection"), "close");
    EXPECT_TRUE(client->closed_by_server());
  }
}

TEST_F(AServer, TakesTheLongestTargetAndNoLongerOne) {
  const auto target = [](std::size_t size) { return "/" + std::string(size - 1, 'a'); };
  const auto get = [](const std::string& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  };
  EXPECT_EQ(raw(get(target(limits::kTargetBytes))).status, 404);
  EXPECT_EQ(raw(get(target(limits::kTargetBytes + 1))).status, 414);
  EXPECT_EQ(raw(get(target(limits::kTargetBytes * 5))).status, 414);
}

TEST_F(AServer, TakesTheLargestHeaderAndNoLargerOne) {
  // Each field counts its name, its value, and four bytes around them.
  const std::size_t host = std::string("Host: a\r\n").size();
  const auto get = [&](std::size_t fields) {
    return "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + std::string(fields - host - 5, 'x') +
           "\r\n\r\n";
  };
  EXPECT_EQ(raw(get(limits::kHeaderBytes)).status, 200);
  EXPECT_EQ(raw(get(limits::kHeaderBytes + 1)).status, 431);
  EXPECT_EQ(raw(get(limits::kHeaderBytes * 4)).status, 431);
}

TEST_F(AServer, TakesTheLargestBodyAndNoLargerOneWholeOrInChunks) {
  const auto client = administrator();
  const auto body = [](std::size_t size) { return "\"" + std::string(size - 2, 'x') + "\""; };
  const auto post = [&](const std::string& framing, const std::string& rest) {
    const auto other = stranger();
    other->send("POST /api/v1/statuses HTTP/1.1\r\nHost: a\r\n" + client->fields +
                "Content-Type: application/json\r\n" + framing + "\r\n\r\n" + rest);
    return other->receive();
  };
  for (const auto& [size, status] :
       {std::pair(limits::kBodyBytes, 422), std::pair(limits::kBodyBytes + 1, 413)}) {
    const std::string text = body(size);
    EXPECT_EQ(post("Content-Length: " + std::to_string(size), text).status, status);
    char hex[32];
    std::snprintf(hex, sizeof hex, "%zx\r\n", size);
    EXPECT_EQ(post("Transfer-Encoding: chunked", hex + text + "\r\n0\r\n\r\n").status, status);
  }
}

// None of these bodies ever comes.
TEST_F(AServer, RefusesFromTheHeadAloneInTheOrderOfTheContract) {
  const auto client = administrator();
  const std::string json = "Content-Type: application/json\r\n";
  const auto head = [&](const std::string& fields, std::size_t length,
                        const char* path = "statuses", const char* method = "POST") {
    return raw(std::string(method) + " /api/v1/" + path + " HTTP/1.1\r\nHost: a\r\n" + fields +
               "Content-Length: " + std::to_string(length) + "\r\n\r\n");
  };
  const std::string foreign = "Origin: https://evil.example\r\n";
  const std::size_t large = limits::kBodyBytes + 1;
  EXPECT_EQ(head("", large, "statuses", "PUT").slug(), "method");
  EXPECT_EQ(head(foreign, large).slug(), "not-signed-in");
  EXPECT_EQ(head(client->fields + foreign, large).slug(), "foreign-origin");
  EXPECT_EQ(head(client->fields, large).slug(), "too-large");
  EXPECT_EQ(head(client->fields, limits::kBodyBytes).slug(), "media-type");
  EXPECT_EQ(head("", limits::kImportBytes, "users/import").slug(), "not-signed-in");
  EXPECT_EQ(head(json, limits::kAnonymousBodyBytes + 1, "session").slug(), "too-large");
  EXPECT_EQ(head("", 10, "nothing").slug(), "not-found");
}

TEST_F(AServer, TakesTheLargestBodyOfAStrangerAndNoLargerOne) {
  const auto post = [&](std::size_t size) {
    return stranger()->call("POST", "/api/v1/session", std::string(size, ' ')).status;
  };
  EXPECT_EQ(post(limits::kAnonymousBodyBytes), 400);
  EXPECT_EQ(post(limits::kAnonymousBodyBytes + 1), 413);
}

TEST_F(AServer, GoesOnAfterABodyThatCameAlongAndThatNobodyWanted) {
  const auto client = stranger();
  const Answer refused = client->call("POST", "/api/v1/statuses", R"({"name":"x"})");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.fields.at("Connection"), "keep-alive");
  EXPECT_EQ(client->call("GET", "/healthz").status, 200);
}

TEST_F(AServer, LogsAMalformedRequestAsItselfAndNotAsTheOneBefore) {
  const auto client = stranger();
  EXPECT_EQ(client->call("GET", "/healthz").status, 200);
  EXPECT_EQ(observer_.last().path, "/healthz");
  client->send("nonsense\r\n\r\n");
  EXPECT_EQ(client->receive().status, 400);
  const Quiet::Line line = observer_.last();
  EXPECT_EQ(line.status, 400);
  EXPECT_EQ(line.path, "");
  EXPECT_EQ(line.method, "");
  EXPECT_EQ(line.remote, "127.0.0.1");
}

TEST_F(AServer, RefusesParametersThatARouteDoesNotHaveInTheirPlaceInTheOrder) {
  const auto client = agent();
  EXPECT_THAT(client->call("GET", "/api/v1/me?a=1&b=2&a=3").pointers(),
              ::testing::ElementsAre("?a", "?b"));
  EXPECT_THAT(client->call("GET", "/api/v1/users?limit=0&x=1").pointers(),
              ::testing::UnorderedElementsAre("?limit", "?x"));
  EXPECT_THAT(client->call("PUT", "/api/v1/me/status?x=1", R"({"status_id":7})").pointers(),
              ::testing::UnorderedElementsAre("/status_id", "?x"));
  EXPECT_EQ(client->call("DELETE", "/api/v1/me/status?x=1").slug(), "invalid");
  EXPECT_EQ(client->call("GET", "/api/v1/statuses/s999?x=1").slug(), "not-found");
  EXPECT_EQ(client->call("GET", "/api/v1/audit?x=1").slug(), "permission-missing");
  EXPECT_EQ(client->call("GET", "/healthz?x=1").status, 200);
}

TEST_F(AServer, SaysAFaultToProgramsToo) {
  const auto client = administrator();
  const auto problem = client->call("POST", "/api/v1/teams", R"({"name":""})").json();
  const auto& fault = problem.at("errors").at(0);
  EXPECT_EQ(fault.at("code").as_string(), "length");
  EXPECT_EQ(fault.at("params").at("most").as_string(), "60");
  const auto other = client->call("POST", "/api/v1/teams", R"({"name":null,"x":1})").json();
  EXPECT_EQ(other.at("errors").at(0).at("code").as_string(), "null");
  EXPECT_EQ(other.at("errors").at(1).at("code").as_string(), "unknown");
  EXPECT_TRUE(other.at("errors").at(1).at("params").as_object().empty());
}

TEST_F(AServer, RefusesWhatIsFramedWrongly) {
  for (const char* request :
       {"nonsense\r\n\r\n", "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /h\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    const Answer answer = raw(request);
    EXPECT_EQ(answer.status, 400) << request;
    EXPECT_EQ(answer.slug(), "malformed");
    EXPECT_EQ(answer.fields.at("Connection"), "close");
  }
}

TEST_F(AServer, LetsAClientWaitForItsLeaveToSendABody) {
  const auto client = administrator();
  client->send("POST /api/v1/statuses HTTP/1.1\r\nHost: a\r\n" + client->fields +
               "Content-Type: application/json\r\nExpect: 100-continue\r\n"
               "Content-Length: 2\r\n\r\n");
  EXPECT_EQ(client->receive().status, 100);
  client->send("{}");
  EXPECT_EQ(client->receive().status, 422);
}

TEST_F(AServer, AnswersHeadAsGetWithoutABodyAndOptionsWithTheMethods) {
  const auto client = stranger();
  const Answer head = client->call("HEAD", "/healthz");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.fields.at("Content-Length"), "15");
  const Answer options = client->call("OPTIONS", "/api/v1/statuses");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.fields.at("Allow"), "GET, HEAD, POST");
}

TEST_F(AServer, SaysWhichRequestAnAnswerBelongsTo) {
  const auto client = stranger();
  EXPECT_EQ(
      client->call("GET", "/healthz", "", "X-Request-Id: mine-1\r\n").fields.at("X-Request-Id"),
      "mine-1");
  EXPECT_EQ(
      client->call("GET", "/healthz", "", "X-Request-Id: a b\r\n").fields.at("X-Request-Id").size(),
      16U);
}

TEST_F(AServer, HandsAWebSocketOverWithWhatCameAfterTheRequest) {
  const auto client = agent();
  client->send("GET /api/v1/live HTTP/1.1\r\nHost: a\r\n" + client->fields +
               "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
               "Sec-WebSocket-Protocol: pastille.v1\r\n\r\nearly");
  const Answer answer = client->receive();
  EXPECT_EQ(answer.status, 101);
  EXPECT_EQ(answer.fields.at("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  const HandedOver over = door_.take();
  EXPECT_TRUE(over.websocket);
  EXPECT_EQ(over.user, ids_["bo"]);
  EXPECT_EQ(over.leftover, "early");
  EXPECT_EQ(::send(over.socket, "x", 1, 0), 1);
  ::close(over.socket);
}

TEST_F(AServer, HandsAStreamOverWithItsQuery) {
  const auto client = agent();
  client->send("GET /api/v1/live/events?user=u1&counts=true&present=true HTTP/1.1\r\nHost: a\r\n" +
               client->fields + "Last-Event-ID: epoch.7\r\n\r\n");
  const HandedOver over = door_.take();
  ::close(over.socket);
  EXPECT_FALSE(over.websocket);
  EXPECT_TRUE(over.opening.present);
  EXPECT_TRUE(over.opening.counts);
  EXPECT_EQ(std::get<FollowSome>(*over.opening.follow).users.front(), UserId{1});
  EXPECT_EQ(over.opening.position->seq, 7U);
}

TEST_F(AServer, AnswersWhatIsWrongWithAStreamBeforeItBegins) {
  const auto client = agent();
  const Answer answer =
      client->call("GET", "/api/v1/live/events?follow=some&present=perhaps&seq=1&user=x");
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.pointers(),
              ::testing::UnorderedElementsAre("?follow", "?present", "?epoch", "?user"));
  EXPECT_EQ(client->call("GET", "/api/v1/live", "", "Origin: http://evil.example\r\n").slug(),
            "foreign-origin");
  EXPECT_EQ(client->call("GET", "/api/v1/live").slug(), "malformed");
}

TEST_F(AServer, DoesNotAnswerFromAPositionItHasNotReached) {
  const auto client = administrator();
  const std::string made =
      client->call("POST", "/api/v1/teams", R"({"name":"North"})").fields.at("Pastille-Position");
  EXPECT_EQ(client->call("GET", "/api/v1/teams", "", "Pastille-Position: " + made + "\r\n").status,
            200);
  const Answer ahead =
      client->call("GET", "/api/v1/teams", "", "Pastille-Position: " + made + "999\r\n");
  EXPECT_EQ(ahead.slug(), "unavailable");
  EXPECT_EQ(ahead.fields.at("Retry-After"), "1");
}

TEST_F(AServer, SaysWhenItIsAboutToStop) {
  const auto client = stranger();
  EXPECT_EQ(client->call("GET", "/readyz").status, 200);
  router_.begin_shutdown();
  EXPECT_EQ(client->call("GET", "/readyz").slug(), "unavailable");
  server_.close_all();
  EXPECT_TRUE(client->closed_by_server());
}

}  // namespace
}  // namespace pastille::http
