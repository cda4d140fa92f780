#include "http/origin.h"

#include <gtest/gtest.h>

#include <vector>

namespace pastille::http {
namespace {

struct Case {
  const char* why;
  std::optional<std::string_view> origin;
  std::optional<std::string_view> host;
  std::optional<std::string_view> site;
  std::vector<std::string> urls;
  bool own;
};

TEST(Origin, FollowsTheContractCaseByCase) {
  const std::vector<std::string> none;
  const std::vector<std::string> two = {"https://status.example.org", "http://10.0.0.5:8080/"};
  const Case cases[] = {
      {"equal to Host", "http://localhost:8080", "localhost:8080", {}, none, true},
      {"case does not matter", "http://LOCALHOST:8080", "LocalHost:8080", {}, none, true},
      {"the scheme is not in Host", "https://a.example", "a.example", {}, none, true},
      {"a default port may be left out", "https://a.example", "a.example:443", {}, none, true},
      {"another port", "http://localhost:8081", "localhost:8080", {}, none, false},
      {"another host", "http://evil.example", "localhost:8080", {}, none, false},
      {"a host that only begins alike", "http://a.example.evil", "a.example", {}, none, false},
      {"no Host to compare with", "http://a.example", {}, {}, none, false},
      {"null of a sandboxed page", "null", "a.example", {}, none, false},
      {"an empty Origin", "", "a.example", {}, none, false},
      {"another scheme", "file://a.example", "a.example", {}, none, false},
      {"configured", "https://status.example.org", "inner:8080", {}, two, true},
      {"configured, default port", "https://status.example.org:443", "inner", {}, two, true},
      {"configured with a slash", "http://10.0.0.5:8080", "inner", {}, two, true},
      {"configured: Host does not count", "http://inner:8080", "inner:8080", {}, two, false},
      {"configured: the scheme counts", "http://status.example.org", "inner", {}, two, false},
      {"configured: null", "null", "inner", {}, two, false},
      {"absent, not a browser", {}, "a.example", {}, none, true},
      {"absent, typed by the person", {}, "a.example", "none", none, true},
      {"absent, own page", {}, "a.example", "same-origin", two, true},
      {"absent, a sister site", {}, "a.example", "same-site", none, false},
      {"absent, a foreign page", {}, "a.example", "cross-site", none, false},
      {"present and foreign, whatever Sec-Fetch-Site says", "http://evil", "a", "same-origin", none,
       false},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(is_own_origin({each.origin, each.host, each.site}, each.urls), each.own) << each.why;
  }
}

}  // namespace
}  // namespace pastille::http
