#include "http/strict_head.h"

#include <gtest/gtest.h>

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

TEST(AHead, IsRefusedWithControlCharacters) {
  for (const auto head :
       {"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n"sv, "GET / HTTP/1.1\r\nX: \x0B\r\n\r\n"sv,
        "GET /\x7F HTTP/1.1\r\n\r\n"sv, "\x16\x03\x01"sv}) {
    EXPECT_NE(fault_of_head(head), std::nullopt);
  }
}

}  // namespace
}  // namespace pastille::http
