// The nodes over HTTP, where one process has the store alone.
#include "app/arrivals.h"
#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

class NodesListed : public SiteStage {};

TEST_F(NodesListed, AreThisProcessWhereItHasTheStoreAlone) {
  const auto ada = administrator();
  const auto answer = ada->call("GET", "/api/v1/nodes");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const boost::json::value nodes = answer.json();
  ASSERT_EQ(nodes.at("total").as_int64(), 1);
  EXPECT_TRUE(nodes.at("next").is_null());
  const boost::json::value& self = nodes.at("items").at(0);
  EXPECT_EQ(self.at("name").as_string(), "desk-1:8080");
  EXPECT_EQ(self.at("version").as_string(), "0.1.0");
  EXPECT_EQ(self.at("started_at").as_string(), "1970-01-01T00:00:00.005Z");
  EXPECT_TRUE(self.at("self").as_bool());
  EXPECT_EQ(self.at("state").as_string(), "ready");
  EXPECT_EQ(self.at("behind").as_int64(), 0);
  EXPECT_EQ(self.at("present").as_int64(), 0);
  EXPECT_EQ(nodes.at("seq").as_int64(), static_cast<std::int64_t>(workspace_.snapshot()->seq));
}

TEST_F(NodesListed, CountTheConnectionsThatMakePeoplePresent) {
  const auto ada = administrator();
  const auto bo = agent();
  const auto session_of = [&](const std::string& login) {
    const UserId user = ids_[login];
    SessionId found;
    workspace_.snapshot()->sessions.for_each([&](SessionId id, const Box<Session>& session) {
      if (session->user == user) found = id;
    });
    return found;
  };
  for (const auto& [login, connection] :
       {std::pair{"ada", 1U}, std::pair{"bo", 2U}, std::pair{"bo", 3U}}) {
    const SessionId session = session_of(login);
    run(session,
        PersonArrived{
            .connection = {.id = ConnectionId{connection}, .session = session, .token = {}}},
        [](const auto&) {});
  }
  const auto nodes = ada->call("GET", "/api/v1/nodes").json();
  EXPECT_EQ(nodes.at("items").at(0).at("present").as_int64(), 3);
}

TEST_F(NodesListed, AreForThoseWhoReadTheAudit) {
  EXPECT_EQ(agent()->call("GET", "/api/v1/nodes").slug(), "permission-missing");
  EXPECT_EQ(stranger()->call("GET", "/api/v1/nodes").slug(), "not-signed-in");
}

}  // namespace
}  // namespace pastille::http
