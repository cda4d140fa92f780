#include "http/forwarded.h"

#include <gtest/gtest.h>

namespace pastille::http {
namespace {

const std::vector<std::string> kProxies = {"127.0.0.1", "10.0.0.2", "2001:db8::2"};

Request saying(const std::vector<std::string>& values, const char* name = "x-forwarded-for") {
  Request request;
  for (const std::string& value : values) request.fields.emplace_back(name, value);
  return request;
}

TEST(ForwardedAddress, IsReadWithAndWithoutAPort) {
  EXPECT_EQ(parse_forwarded_address("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(parse_forwarded_address("203.0.113.9:4711"), "203.0.113.9");
  EXPECT_EQ(parse_forwarded_address("2001:DB8:0::1"), "2001:db8::1");
  EXPECT_EQ(parse_forwarded_address("[2001:db8::1]:4711"), "2001:db8::1");
  EXPECT_EQ(parse_forwarded_address("::ffff:203.0.113.9"), "203.0.113.9");
  for (const char* text :
       {"", "unknown", "_hidden", "[", "[]", "203.0.113", "203.0.113.9 x", ":"}) {
    EXPECT_EQ(parse_forwarded_address(text), std::nullopt) << text;
  }
}

TEST(ClientAddress, IsThePeerUnlessThatIsAListedProxy) {
  EXPECT_EQ(client_address(saying({"203.0.113.9"}), "192.0.2.1", kProxies), "192.0.2.1");
  EXPECT_EQ(client_address(saying({"203.0.113.9"}), "127.0.0.1", {}), "127.0.0.1");
  EXPECT_EQ(client_address(saying({"203.0.113.9"}), "127.0.0.1", kProxies), "203.0.113.9");
  EXPECT_EQ(client_address(saying({}), "127.0.0.1", kProxies), "127.0.0.1");
}

TEST(ClientAddress, IsWhatTheNearestListedProxyWroteAndNotWhatTheClientClaimed) {
  const auto of = [](const std::vector<std::string>& values) {
    return client_address(saying(values), "127.0.0.1", kProxies);
  };
  EXPECT_EQ(of({"198.51.100.7, 203.0.113.9"}), "203.0.113.9");
  // Some proxies add a field of their own below the client's.
  EXPECT_EQ(of({"198.51.100.7", "203.0.113.9"}), "203.0.113.9");
  // Through two of ours.
  EXPECT_EQ(of({"198.51.100.7, 203.0.113.9, 10.0.0.2"}), "203.0.113.9");
  EXPECT_EQ(of({"203.0.113.9, [2001:db8::2]:443, 10.0.0.2"}), "203.0.113.9");
}

TEST(ClientAddress, IsTheLastThatIsKnownWhenAnEntryIsNone) {
  const auto of = [](const std::vector<std::string>& values) {
    return client_address(saying(values), "127.0.0.1", kProxies);
  };
  EXPECT_EQ(of({"198.51.100.7, unknown"}), "127.0.0.1");
  EXPECT_EQ(of({"198.51.100.7, nonsense, 10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(of({""}), "127.0.0.1");
  EXPECT_EQ(of({","}), "127.0.0.1");
}

TEST(Tls, IsBelievedFromAListedProxyAndThenItsOwnWordCounts) {
  const auto tls = [](const std::vector<std::string>& values, std::string_view peer = "127.0.0.1") {
    return came_under_tls(saying(values, "x-forwarded-proto"), peer, kProxies);
  };
  EXPECT_TRUE(tls({"https"}));
  EXPECT_TRUE(tls({"http, HTTPS"}));
  EXPECT_FALSE(tls({"https"}, "192.0.2.1"));
  EXPECT_FALSE(tls({"https, http"}));
  EXPECT_FALSE(tls({"https", "http"}));
  EXPECT_FALSE(tls({}));
  EXPECT_FALSE(tls({"https2"}));
}

}  // namespace
}  // namespace pastille::http
