// People over HTTP: signing in, one's own account and status, tokens, what administrators do.
#include "core/limits.h"
#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class People : public SiteStage {
 protected:
  std::size_t added_ = 0;
};

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

TEST_F(People, HaveATagThatMovesWithWhatIsSeenOfThemAndWithNothingElse) {
  const auto ada = administrator();
  const auto bo = agent();
  const auto cy = agent("cy");
  const std::string place = "/api/v1/users/" + id_of("bo");
  const auto tag = [](const Answer& answer) { return answer.fields.at("ETag"); };
  const std::string to_all = tag(cy->call("GET", place));
  const std::string to_managers = tag(ada->call("GET", place));
  const std::string own = tag(bo->call("GET", "/api/v1/me"));
  bo->call("PATCH", "/api/v1/me",
           R"({"status_at_sign_in":"last","pinned":[")" + id_of("cy") + "\"]}");
  EXPECT_EQ(tag(cy->call("GET", place)), to_all);
  EXPECT_EQ(tag(ada->call("GET", place)), to_managers);
  EXPECT_NE(tag(bo->call("GET", "/api/v1/me")), own);
  bo->call("PATCH", "/api/v1/me", R"({"locale":"fr"})");
  EXPECT_EQ(tag(cy->call("GET", place)), to_all);
  EXPECT_NE(tag(ada->call("GET", place)), to_managers);
  bo->call("PATCH", "/api/v1/me", R"({"display_name":"Bo Li"})");
  EXPECT_NE(tag(cy->call("GET", place)), to_all);
}

TEST_F(People, WhoSignedInFromANetworkAreKnownThereAndNoAddressIsKept) {
  agent();
  const auto places = [&] { return workspace_.snapshot()->person(ids_["bo"])->known_places; };
  ASSERT_EQ(places().size(), 1U);
  const auto first = places().front();
  const auto again =
      stranger()->call("POST", "/api/v1/session", R"({"login":"BO","password":"password of bo"})");
  EXPECT_EQ(again.status, 200);
  EXPECT_THAT(places(), ElementsAre(first));
}

TEST_F(People, AreListedWithWhatChangedSinceAndWholeAfterMoreThanTheLimit) {
  const auto ada = administrator();
  const auto since = [&](std::int64_t version) {
    return ada->call("GET", "/api/v1/directory?since=" + std::to_string(version)).json();
  };
  const std::int64_t before = since(0).at("version").as_int64();
  const auto add = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::string login = "p" + std::to_string(ids_.size() + added_++);
      run(Operator{},
          CreatePerson{.fields = {.login = login, .display_name = login, .role = kAgentRole}},
          [](const CreatePerson::Answer&) {});
    }
  };
  add(limits::kChangesListed);
  EXPECT_EQ(since(before).at("users").as_array().size(), limits::kChangesListed);
  EXPECT_TRUE(since(before).at("gone").as_array().empty());
  add(1);
  const auto whole = since(before);
  EXPECT_FALSE(whole.as_object().contains("gone"));
  EXPECT_EQ(whole.at("users").as_array().size(), limits::kChangesListed + 2);
  EXPECT_EQ(since(whole.at("version").as_int64()).at("users").as_array().size(), 0U);
}

TEST_F(People, ReadTheirOwnChangeInWhatIsEncodedForAll) {
  const auto bo = agent();
  for (int i = 0; i < 20; ++i) {
    const std::string name = "Bo " + std::to_string(i);
    const Answer renamed = bo->call("PATCH", "/api/v1/me", R"({"display_name":")" + name + "\"}");
    ASSERT_EQ(renamed.status, 200);
    EXPECT_THAT(bo->call("GET", "/api/v1/directory").body, HasSubstr('"' + name + '"'));
    EXPECT_THAT(bo->call("GET", "/api/v1/users").body, HasSubstr('"' + name + '"'));
  }
}

TEST_F(People, SetTheirStatusAsOftenAsTheirShareAllowsOverHttp) {
  const auto bo = agent();
  const auto cy = agent("cy");
  const std::string body = R"({"status_id":"s3"})";
  const auto most = shares_.quota(Share::kStatuses).most;
  const Now now = clock_.now();
  EXPECT_EQ(shares_.take(ids_["bo"], Share::kStatuses, most - 1, now.steady).left, 1U);
  const Answer last = bo->call("PUT", "/api/v1/me/status", body);
  EXPECT_EQ(last.status, 200);
  EXPECT_THAT(last.fields.at("RateLimit"), HasSubstr("\"statuses\";r=0;t=3600"));
  EXPECT_THAT(last.fields.at("RateLimit-Policy"), HasSubstr("\"statuses\";q=1200;w=3600"));
  const Answer refused = bo->call("DELETE", "/api/v1/me/status");
  EXPECT_EQ(refused.slug(), "too-many");
  EXPECT_EQ(refused.fields.at("Retry-After"), "3");
  EXPECT_EQ(cy->call("PUT", "/api/v1/me/status", body).status, 200);
  EXPECT_EQ(bo->call("GET", "/api/v1/me/status").status, 200);
}

TEST_F(People, ChangeTheirNameAsOftenAsTheirShareAllows) {
  const auto bo = agent();
  const auto rename = [&](int number) {
    return bo->call("PATCH", "/api/v1/me",
                    R"({"display_name":"Bo )" + std::to_string(number) + "\"}");
  };
  const int most = static_cast<int>(limits::kRenamesPerHour);
  for (int i = 0; i < most; ++i) EXPECT_EQ(rename(i).status, 200) << i;
  const Answer refused = rename(most);
  EXPECT_EQ(refused.slug(), "too-many");
  EXPECT_EQ(refused.fields.at("Retry-After"), "180");
  EXPECT_THAT(refused.fields.at("RateLimit-Policy"), HasSubstr("\"renames\";q=20;w=3600"));
  // The name that is there, and all else.
  EXPECT_EQ(rename(most - 1).status, 200);
  EXPECT_EQ(bo->call("PATCH", "/api/v1/me", R"({"locale":"fr"})").status, 200);
  EXPECT_EQ(agent("cy")->call("PATCH", "/api/v1/me", R"({"display_name":"Cy"})").status, 200);
}

TEST_F(People, WriteAsMuchAsTheirShareAllows) {
  const auto bo = agent();
  const auto cy = agent("cy");
  const std::string opened =
      bo->call("POST", "/api/v1/conversations", R"({"with":")" + id_of("cy") + "\"}").body;
  const std::string place = "/api/v1/conversations/" +
                            std::string(boost::json::parse(opened).at("id").as_string()) +
                            "/messages";
  const auto use_up = [&](Share share, std::uint64_t but) {
    shares_.take(ids_["bo"], share, shares_.quota(share).most - but, clock_.now().steady);
  };
  const std::string longest = R"({"text":")" + std::string(limits::kMessage, 'x') + "\"}";
  use_up(Share::kMessagesADay, limits::kMessage + limits::kMessageOverhead + 1);
  EXPECT_EQ(bo->call("POST", place, longest).status, 201);
  EXPECT_EQ(bo->call("POST", place, longest).slug(), "too-many");
  use_up(Share::kKeys, 0);
  EXPECT_EQ(bo->call("POST", "/api/v1/conversations", R"({"with":")" + id_of("cy") + "\"}",
                     "Idempotency-Key: one\r\n")
                .slug(),
            "too-many");
  EXPECT_EQ(cy->call("PATCH", "/api/v1/me", "{}").status, 200);
  EXPECT_EQ(bo->call("GET", "/api/v1/me").status, 200);
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
