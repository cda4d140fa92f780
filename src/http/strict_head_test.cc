#include "http/strict_head.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace pastille::http {
namespace {

using namespace std::string_view_literals;

TEST(AHead, MayHoldAnyTextInLinesThatEndInCrLf) {
  for (const auto head :
       {"GET / HTTP/1.1\r\nHost: a\r\n\r\n"sv, "GET / HTTP/1.1\r\nX:\t\x80\xFF \r\n\r\n"sv, ""sv}) {
    EXPECT_EQ(fault_of_head(head), std::nullopt) << head;
  }
}

TEST(AHead, IsRefusedWithALineEndThatIsHalfAndWithAFold) {
  for (const auto head :
       {"GET / HTTP/1.1\nHost: a\r\n\r\n"sv, "GET / HTTP/1.1\r\nHost: a\n\r\n"sv,
        "GET / HTTP/1.1\rHost: a\r\n\r\n"sv, "GET / HTTP/1.1\r\nHost: a\r"sv,
        "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n"sv, "GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nX: a\r\n\tb\r\n\r\n"sv, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"sv}) {
    EXPECT_NE(fault_of_head(head), std::nullopt) << head;
  }
}

TEST(ATarget, IsVisibleAscii) {
  EXPECT_EQ(fault_of_target("/a%FF?b=~!"), std::nullopt);
  for (const auto target : {"/h\xff"sv, "/caf\u00e9"sv, "/\u009b"sv, "/\x7f"sv, "/a b"sv}) {
    EXPECT_NE(fault_of_target(target), std::nullopt) << target;
  }
}

TEST(AHead, IsRefusedWithControlCharacters) {
  for (const auto head :
       {"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n"sv, "GET / HTTP/1.1\r\nX: \x0B\r\n\r\n"sv,
        "GET /\x7F HTTP/1.1\r\n\r\n"sv, "\x16\x03\x01"sv}) {
    EXPECT_NE(fault_of_head(head), std::nullopt);
  }
}

TEST(TheFieldsOfAHead, SayOnceWhereTheBodyEndsAndWhichHostIsMeant) {
  using Fields = std::vector<std::pair<std::string, std::string>>;
  const std::pair<std::string, std::string> host = {"host", "a"};
  const std::pair<std::string, std::string> length = {"content-length", "5"};
  const std::pair<std::string, std::string> chunked = {"transfer-encoding", "Chunked"};
  for (const Fields& good : {Fields{host}, Fields{host, length}, Fields{host, chunked}}) {
    EXPECT_EQ(fault_of_fields(good, false), std::nullopt);
  }
  EXPECT_EQ(fault_of_fields(Fields{length}, true), std::nullopt);
  for (const Fields& bad :
       {Fields{}, Fields{host, host}, Fields{host, length, length}, Fields{host, length, chunked},
        Fields{host, chunked, chunked}, Fields{host, {"content-length", "5, 5"}},
        Fields{host, {"content-length", ""}},
        Fields{host, {"transfer-encoding", "gzip, chunked"}}}) {
    EXPECT_NE(fault_of_fields(bad, false), std::nullopt);
  }
  EXPECT_NE(fault_of_fields(Fields{host, chunked}, true), std::nullopt);
}

TEST(TheHostOfAHead, IsWhatMayGoIntoALink) {
  const auto fault = [](std::string value) {
    const std::vector<std::pair<std::string, std::string>> fields = {{"host", std::move(value)}};
    return fault_of_fields(fields, false);
  };
  for (const std::string good : {"status.example.org", "desk_1:8080", "127.0.0.1:80", "[::1]:443",
                                 "[2001:db8::1]", "a:", "a:65535"}) {
    EXPECT_EQ(fault(good), std::nullopt) << good;
  }
  EXPECT_EQ(fault(std::string(255, 'a') + ":65535"), std::nullopt);
  for (const std::string bad :
       {"", "evil.example/@status.example.org", "a@b", "a b", "a\"b", "a?b", "a#b", "a<b", "[::1",
        "[x]", "a:b", "a:123456", ":80", "a:1:2", "a%2e"}) {
    EXPECT_NE(fault(bad), std::nullopt) << bad;
  }
  EXPECT_NE(fault(std::string(262, 'a')), std::nullopt);
}

}  // namespace
}  // namespace pastille::http
