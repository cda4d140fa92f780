#include "server/logged_path.h"

#include <gtest/gtest.h>

#include "core/limits.h"

namespace pastille::server {
namespace {

TEST(LoggedPath, HasNoSegmentThatMayBeASecret) {
  const std::string secret(43, 'x');
  EXPECT_EQ(logged_path("/" + secret + "/"), "/(43 bytes)/");
  EXPECT_EQ(logged_path("//api/v1/invitations/" + secret), "//api/v1/invitations/(43 bytes)");
  EXPECT_EQ(logged_path("/api/v1/invitations/%78" + secret + "/x"),
            "/api/v1/invitations/(46 bytes)/x");
}

TEST(LoggedPath, IsOtherwiseWhatWasAskedFor) {
  const std::string longest(limits::kLoggedSegment - 1, 'a');
  for (const std::string& path : {std::string("/"), std::string(), std::string("/maker/users/u4"),
                                  std::string("//"), "/" + longest}) {
    EXPECT_EQ(logged_path(path), path);
  }
  EXPECT_EQ(logged_path("/" + longest + "a"), "/(28 bytes)");
}

}  // namespace
}  // namespace pastille::server
