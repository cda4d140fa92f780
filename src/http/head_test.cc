#include "http/head.h"

#include <gtest/gtest.h>

#include "wire/problem_json.h"

namespace pastille::http {
namespace {

std::size_t times(const std::string& head, const std::string& field) {
  std::size_t found = 0;
  for (std::size_t at = head.find(field); at != std::string::npos; at = head.find(field, at + 1)) {
    ++found;
  }
  return found;
}

TEST(AHead, HasAPhraseForEveryStatusThatIsAnswered) {
  EXPECT_EQ(reason_phrase(303), "See Other");
  for (const int status : {100, 101, 200, 201, 204, 303, 304, 414, 417, 431}) {
    EXPECT_NE(reason_phrase(status), "Answer") << status;
  }
  for (int problem = 0; problem <= static_cast<int>(Problem::kStale); ++problem) {
    const int status = problem_status(static_cast<Problem>(problem));
    EXPECT_NE(reason_phrase(status), "Answer") << status;
  }
}

TEST(AHead, SaysWhatBrowsersMayDoOnceAndAsTheAnswerSays) {
  const std::string usual = response_head(Response{}, {});
  for (const char* field :
       {"\r\nReferrer-Policy: same-origin\r\n", "\r\nCross-Origin-Resource-Policy: same-origin\r\n",
        "\r\nCross-Origin-Opener-Policy: same-origin\r\n", "\r\nPermissions-Policy: camera=(), "}) {
    EXPECT_EQ(times(usual, field), 1U) << field;
  }
  Response own{.status = 303};
  own.with("Referrer-Policy", "no-referrer").with("Cross-Origin-Resource-Policy", "cross-origin");
  const std::string head = response_head(own, {});
  EXPECT_EQ(times(head, "Referrer-Policy"), 1U);
  EXPECT_EQ(times(head, "Cross-Origin-Resource-Policy: cross-origin\r\n"), 1U);
  EXPECT_EQ(times(head, "Cross-Origin-Resource-Policy"), 1U);
}

}  // namespace
}  // namespace pastille::http
