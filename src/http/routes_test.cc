#include "http/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/call.h"

namespace pastille::http {
namespace {

using ::testing::ElementsAre;

Routes some() {
  const auto nothing = [](const Call&) {};
  Routes routes;
  routes.add("/api/v1/statuses", {{Method::kGet, Access::kReadToken, Body::kNone, nothing},
                                  {Method::kPost, Access::kSession, Body::kJson, nothing}});
  routes.add("/api/v1/statuses/{id}", {{Method::kDelete, Access::kSession, Body::kNone, nothing}});
  return routes;
}

TEST(Routes, FindAPathAndWhatStandsForItsIds) {
  const Routes routes = some();
  const Found found = routes.find("/api/v1/statuses/s%36");
  ASSERT_NE(found.resource, nullptr);
  EXPECT_EQ(found.resource->pattern, "/api/v1/statuses/{id}");
  EXPECT_THAT(found.ids, ElementsAre("s6"));
}

TEST(Routes, DoNotFindWhatIsLongerOrShorterOrEndsInASlash) {
  const Routes routes = some();
  for (const char* path : {"", "/", "/api/v1", "/api/v1/statuses/", "/api/v1/statuses/s6/x",
                           "/api/v1/statusesx", "/api/v1/statuses/%zz", "//api/v1/statuses"}) {
    EXPECT_EQ(routes.find(path).resource, nullptr) << path;
  }
}

TEST(Routes, AllowHeadWhereverGetIs) {
  const Routes routes = some();
  const Resource& list = *routes.find("/api/v1/statuses").resource;
  EXPECT_EQ(list.allow(), "GET, HEAD, POST");
  EXPECT_EQ(list.route(Method::kHead)->method, Method::kGet);
  EXPECT_EQ(list.route(Method::kPut), nullptr);
  EXPECT_EQ(routes.find("/api/v1/statuses/s6").resource->allow(), "DELETE");
}

}  // namespace
}  // namespace pastille::http
