// The list of statuses over HTTP, and with it what all resources share: the order of errors,
// versions, cursors, Idempotency-Key.
#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

using ::testing::ElementsAre;

class Statuses : public SiteStage {
 protected:
  std::string make(Client& client, const std::string& name) {
    const Answer answer =
        client.call("POST", "/api/v1/statuses", R"({"name":")" + name + R"(","type":"absent"})");
    EXPECT_EQ(answer.status, 201) << answer.body;
    return std::string(answer.json().at("id").as_string());
  }
};

TEST_F(Statuses, AreCreatedWithAPlaceAndAVersion) {
  const auto ada = administrator();
  const Answer made = ada->call(
      "POST", "/api/v1/statuses",
      R"({"name":" Coffee break ","names":{"fr":"Pause café"},"type":"absent","tags":["pause"],
          "icon":"☕","default_duration_s":900})");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto status = made.json();
  EXPECT_EQ(status.at("name").as_string(), "Coffee break");
  EXPECT_EQ(made.fields.at("ETag"), "\"1\"");
  const std::string place = made.fields.at("Location");
  EXPECT_EQ(place, "/api/v1/statuses/" + std::string(status.at("id").as_string()));
  EXPECT_EQ(ada->call("GET", place).body, made.body);
}

TEST_F(Statuses, SayTheFirstErrorInTheOrderOfTheContract) {
  const auto ada = administrator();
  const auto bo = agent();
  const std::string place = "/api/v1/statuses/" + make(*ada, "Coffee");
  const auto nobody = stranger();
  const std::string evil = "Origin: http://evil.example\r\n";
  const std::string text = "Content-Type: text/plain\r\n";
  const std::string stale = "If-Match: \"9\"\r\n";

  EXPECT_EQ(nobody->call("PUT", place, "{", evil + text).slug(), "method");
  EXPECT_EQ(nobody->call("PATCH", place, "{", evil + text).slug(), "not-signed-in");
  EXPECT_EQ(bo->call("PATCH", place, "{", evil + text).slug(), "foreign-origin");
  EXPECT_EQ(bo->call("PATCH", place, "{", text).slug(), "media-type");
  EXPECT_EQ(bo->call("PATCH", place, "{").slug(), "malformed");
  EXPECT_EQ(bo->call("PATCH", "/api/v1/statuses/s999", R"({"x":1})").slug(), "not-found");
  EXPECT_EQ(bo->call("PATCH", "/api/v1/statuses/s1", R"({"x":1})").slug(), "system-status");
  EXPECT_EQ(bo->call("PATCH", place, R"({"x":1})").slug(), "permission-missing");
  EXPECT_EQ(ada->call("PATCH", place, R"({"x":1})", stale).slug(), "invalid");
  EXPECT_EQ(ada->call("PATCH", place, R"({"name":"Busy"})", stale).slug(), "stale-version");
  EXPECT_EQ(ada->call("PATCH", place, R"({"name":"bUSY"})").slug(), "name-taken");
  EXPECT_EQ(ada->call("PATCH", place, R"({"name":"Tea"})").status, 200);
}

TEST_F(Statuses, NameEveryFaultOfTheInputInOneAnswer) {
  const auto ada = administrator();
  const Answer answer =
      ada->call("POST", "/api/v1/statuses",
                R"({"name":"","type":7,"tags":[1],"in_use":3,"colour":"red","position":-1})");
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.pointers(),
              ::testing::UnorderedElementsAre("/name", "/type", "/tags/0", "/in_use", "/colour",
                                              "/position"));
}

TEST_F(Statuses, ArePatchedByVersion) {
  const auto ada = administrator();
  const std::string place = "/api/v1/statuses/" + make(*ada, "Coffee");
  const std::string merge = "Content-Type: application/merge-patch+json\r\n";
  const Answer patched =
      ada->call("PATCH", place, R"({"names":{"fr":"Pause"}})", merge + "If-Match: \"1\"\r\n");
  EXPECT_EQ(patched.fields.at("ETag"), "\"2\"");
  const Answer same = ada->call("PATCH", place, R"({"names":{"fr":"Pause"}})");
  EXPECT_EQ(same.fields.at("ETag"), "\"2\"");
  const Answer removed = ada->call("PATCH", place, R"({"names":{"fr":null}})");
  EXPECT_TRUE(removed.json().at("names").as_object().empty());
  const Answer stale = ada->call("PATCH", place, R"({"name":"Tea"})", "If-Match: \"1\"\r\n");
  EXPECT_EQ(stale.status, 412);
  EXPECT_EQ(stale.json().at("current").at("version").as_int64(), 3);
  EXPECT_EQ(ada->call("PATCH", place, R"({"name":"Tea"})", "If-Match: W/\"3\"\r\n").slug(),
            "malformed");
  EXPECT_EQ(ada->call("DELETE", place, "", "If-Match: *\r\n").status, 204);
  EXPECT_EQ(ada->call("GET", place).status, 404);
}

TEST_F(Statuses, ComeExactlyOnceWhileOnePagesAndOthersChange) {
  const auto ada = administrator();
  for (const char* name : {"B", "D", "F", "H"}) make(*ada, name);
  const std::string first = "/api/v1/statuses?sort=name&q=&type=absent&limit=2";
  std::vector<std::string> names;
  std::string target = first;
  for (int page = 0; !target.empty(); ++page) {
    const auto json = ada->call("GET", target).json();
    for (const auto& each : json.at("items").as_array()) {
      names.emplace_back(each.at("name").as_string());
    }
    if (page == 0) make(*ada, "A new one before the cursor");
    const auto& next = json.at("next");
    target = next.is_null() ? "" : first + "&cursor=" + std::string(next.as_string());
  }
  EXPECT_THAT(names, ElementsAre("Absent", "B", "D", "F", "H"));
}

TEST_F(Statuses, RefuseACursorOfAnotherQuery) {
  const auto ada = administrator();
  const auto page = ada->call("GET", "/api/v1/statuses?limit=1&sort=name").json();
  const std::string cursor(page.at("next").as_string());
  EXPECT_EQ(ada->call("GET", "/api/v1/statuses?limit=3&sort=name&cursor=" + cursor).status, 200);
  const Answer other = ada->call("GET", "/api/v1/statuses?limit=0&sort=-name&cursor=" + cursor);
  EXPECT_THAT(other.pointers(), ElementsAre("?limit", "?cursor"));
}

TEST_F(Statuses, WithAnIdempotencyKeyAreCreatedOnce) {
  const auto ada = administrator();
  const std::string key = "Idempotency-Key: once\r\n";
  const std::string body = R"({"name":"Once","type":"busy"})";
  const Answer first = ada->call("POST", "/api/v1/statuses", body, key);
  const Answer again = ada->call("POST", "/api/v1/statuses", body, key);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.fields.at("Location"), first.fields.at("Location"));
  const Answer other =
      ada->call("POST", "/api/v1/statuses", R"({"name":"Other","type":"busy"})", key);
  EXPECT_THAT(other.pointers(), ElementsAre("Idempotency-Key"));
  const Answer refused =
      ada->call("POST", "/api/v1/statuses", R"({"name":"Longest","type":"busy"})",
                "Idempotency-Key: " + std::string(65, 'k') + "\r\n");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(ada->call("POST", "/api/v1/statuses", R"({"name":"Longest","type":"busy"})",
                      "Idempotency-Key: " + std::string(64, 'k') + "\r\n")
                .status,
            201);
}

TEST_F(Statuses, InTheCatalogueAreSentOnceAndThenWhatChanged) {
  const auto ada = administrator();
  const std::string id = make(*ada, "Coffee");
  const Answer whole = ada->call("GET", "/api/v1/catalogue");
  const std::string version = std::to_string(whole.json().at("version").as_int64());
  EXPECT_EQ(ada->call("GET", "/api/v1/catalogue", "",
                      "If-None-Match: " + whole.fields.at("ETag") + "\r\n")
                .status,
            304);
  ada->call("DELETE", "/api/v1/statuses/" + id);
  const auto changed = ada->call("GET", "/api/v1/catalogue?since=" + version).json();
  EXPECT_TRUE(changed.at("statuses").as_array().empty());
  EXPECT_EQ(changed.at("gone").as_array().at(0).as_string(), id);
  EXPECT_FALSE(
      ada->call("GET", "/api/v1/catalogue?since=999999").json().as_object().contains("gone"));
}

}  // namespace
}  // namespace pastille::http
