// People over HTTP: signing in, one's own account and status, tokens, what administrators do.
#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class People : public SiteStage {};

TEST_F(People, SignInWithACookieAndOutAgain) {
  const auto bo = agent();
  EXPECT_EQ(bo->call("GET", "/api/v1/session").json().at("user").at("login").as_string(), "bo");
  const Answer out = bo->call("DELETE", "/api/v1/session");
  EXPECT_EQ(out.status, 204);
  EXPECT_THAT(out.fields.at("Set-Cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(bo->call("GET", "/api/v1/me").slug(), "not-signed-in");
}

TEST_F(People, WhoGiveAWrongPasswordHearTheSameAsWhoIsUnknownAndThenWait) {
  agent();
  const auto client = stranger();
  const auto attempt = [&](const char* body) {
    return client->call("POST", "/api/v1/session", body);
  };
  const Answer wrong = attempt(R"({"login":"BO","password":"guess"})");
  EXPECT_EQ(wrong.slug(), "wrong-credentials");
  EXPECT_EQ(wrong.body, attempt(R"({"login":"nobody","password":"guess"})").body);
  attempt(R"({"login":"bo","password":"guess"})");
  attempt(R"({"login":"bo","password":"guess"})");
  const Answer late = attempt(R"({"login":"bo","password":"password of bo"})");
  EXPECT_EQ(late.slug(), "too-many");
  EXPECT_EQ(late.fields.at("Retry-After"), "300");
}

TEST_F(People, SetTheirOwnStatusAndNobodyElses) {
  const auto ada = administrator();
  const auto bo = agent();
  const Answer own = bo->call("PUT", "/api/v1/me/status", R"({"status_id":"s3","note":"hi"})");
  EXPECT_EQ(own.json().at("pending").at("status").as_string(), "s3");
  const std::string body = R"({"status_id":"s3"})";
  EXPECT_EQ(ada->call("PUT", "/api/v1/users/" + id_of("bo") + "/status", body).slug(),
            "own-status-only");
  EXPECT_EQ(ada->call("PUT", "/api/v1/users/" + id_of("ada") + "/status", body).status, 200);
  EXPECT_EQ(ada->call("PUT", "/api/v1/users/u99/status", body).slug(), "not-found");
  const auto audit = ada->call("GET", "/api/v1/audit").json();
  EXPECT_EQ(audit.at("items").as_array().at(0).at("problem").as_string(), "own-status-only");
  EXPECT_THAT(bo->call("PUT", "/api/v1/me/status",
                       R"({"status_id":"s5","note":null,"until":"soon","for_s":60})")
                  .pointers(),
              ::testing::UnorderedElementsAre("/for_s", "/status_id"));
}

TEST_F(People, WithATokenDoWhatItsScopeSaysWhateverTheirRole) {
  const auto ada = administrator();
  const auto made =
      ada->call("POST", "/api/v1/me/tokens", R"({"name":"robot","scopes":["read"]})").json();
  const auto robot = stranger();
  robot->fields = "Authorization: Bearer " + std::string(made.at("token").as_string()) + "\r\n";
  EXPECT_EQ(robot->call("GET", "/api/v1/board").status, 200);
  EXPECT_EQ(robot->call("PUT", "/api/v1/me/status", R"({"status_id":"s3"})").slug(),
            "scope-missing");
  EXPECT_EQ(robot->call("GET", "/api/v1/audit").slug(), "scope-missing");
  EXPECT_EQ(robot->call("GET", "/api/v1/live/events?present=true").slug(), "scope-missing");
  EXPECT_FALSE(
      ada->call("GET", "/api/v1/me/tokens").json().at("items").at(0).as_object().contains("token"));
  ada->call("DELETE", "/api/v1/me/tokens/" + std::string(made.at("id").as_string()));
  EXPECT_EQ(robot->call("GET", "/api/v1/board").slug(), "not-signed-in");
}

TEST_F(People, AreInvitedByALinkThatWorksOnce) {
  const auto ada = administrator();
  const auto made =
      ada->call("POST", "/api/v1/users", R"({"login":"cy","display_name":"Cy","role_id":"r2"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string link(made.json().at("invitation").at("link").as_string());
  EXPECT_THAT(link, HasSubstr("http://test/#invitation="));
  const std::string place = "/api/v1/invitations/" + link.substr(link.find('=') + 1);
  const auto cy = stranger();
  EXPECT_EQ(cy->call("GET", place).json().at("login").as_string(), "cy");
  EXPECT_THAT(cy->call("POST", place, R"({"password":"short","login":"x"})").pointers(),
              ElementsAre("/password", "/login"));
  EXPECT_EQ(cy->call("POST", place, R"({"password":" eight88"})").status, 200);
  EXPECT_EQ(cy->call("POST", place, R"({"password":" eight88"})").slug(), "not-found");
  EXPECT_EQ(cy->call("POST", "/api/v1/session", R"({"login":"cy","password":" eight88"})").status,
            200);
}

TEST_F(People, AreReadByEveryoneAndManagedWithThePermission) {
  const auto ada = administrator();
  const auto bo = agent();
  const std::string place = "/api/v1/users/" + id_of("bo");
  EXPECT_FALSE(bo->call("GET", place).json().as_object().contains("login"));
  EXPECT_EQ(bo->call("GET", "/api/v1/users?role=r1").slug(), "permission-missing");
  EXPECT_EQ(bo->call("PATCH", place, R"({"display_name":"B"})").slug(), "permission-missing");
  EXPECT_EQ(ada->call("PATCH", place, R"({"display_name":"Bo Li"})").fields.at("ETag"), "\"2\"");
  EXPECT_THAT(ada->call("PATCH", place, R"({"status_id":"s3","active":null})").pointers(),
              ::testing::UnorderedElementsAre("/status_id", "/active"));
  EXPECT_EQ(ada->call("DELETE", place).status, 422);
  EXPECT_EQ(ada->call("PATCH", place, R"({"active":false})").status, 200);
  EXPECT_EQ(bo->call("GET", "/api/v1/me").slug(), "not-signed-in");
  EXPECT_EQ(ada->call("DELETE", place).status, 204);
  EXPECT_EQ(ada->call("GET", place).status, 404);
}

TEST_F(People, WriteToEachOtherAndOthersDoNotKnow) {
  const auto ada = administrator();
  const auto bo = agent();
  const auto cy = agent("cy");
  const Answer opened =
      bo->call("POST", "/api/v1/conversations", R"({"with":")" + id_of("cy") + "\"}");
  ASSERT_EQ(opened.status, 201) << opened.body;
  const std::string place =
      "/api/v1/conversations/" + std::string(opened.json().at("id").as_string());
  const auto message = bo->call("POST", place + "/messages", R"({"text":"Coffee?"})").json();
  EXPECT_EQ(message.at("text").as_string(), "Coffee?");
  EXPECT_EQ(ada->call("GET", place + "/messages").slug(), "not-found");
  const auto theirs = cy->call("GET", "/api/v1/conversations").json().at("items").at(0);
  EXPECT_EQ(theirs.at("unread").as_int64(), 1);
  EXPECT_EQ(theirs.at("last_message"), message);
  EXPECT_THAT(cy->call("PUT", place + "/read", R"({"up_to":"m99"})").pointers(),
              ElementsAre("/up_to"));
  const std::string mark = R"({"up_to":")" + std::string(message.at("id").as_string()) + "\"}";
  EXPECT_EQ(cy->call("PUT", place + "/read", mark).json().at("unread").as_int64(), 0);
  const Answer again =
      cy->call("POST", "/api/v1/conversations", R"({"with":")" + id_of("bo") + "\"}");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.json().at("last_message"), message);
}

}  // namespace
}  // namespace pastille::http
