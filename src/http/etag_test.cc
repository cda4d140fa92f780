#include "http/etag.h"

#include <gtest/gtest.h>

namespace pastille::http {
namespace {

Request with(const char* name, const char* value) {
  Request request;
  request.fields.emplace_back(name, value);
  return request;
}

TEST(IfMatch, TakesAVersionOrAnAsterisk) {
  EXPECT_EQ(*if_match(with("if-match", "\"7\"")), std::optional<std::uint64_t>(7));
  EXPECT_EQ(*if_match(with("if-match", " * ")), std::nullopt);
  EXPECT_EQ(*if_match(Request{}), std::nullopt);
}

TEST(IfMatch, GivesAStrangeTagAVersionThatNothingHas) {
  EXPECT_EQ(*if_match(with("if-match", "\"seven\"")), std::optional<std::uint64_t>(0));
}

TEST(IfMatch, RefusesWeakTagsAndWhatIsNoTag) {
  for (const char* text : {"W/\"7\"", "7", "\"7", "", "\"7\", \"8\""}) {
    const auto condition = if_match(with("if-match", text));
    ASSERT_FALSE(condition) << text;
    EXPECT_EQ(condition.error().problem, Problem::kMalformed);
  }
}

TEST(IfNoneMatch, ComparesWeaklyWithEveryTag) {
  EXPECT_TRUE(none_match_names(with("if-none-match", "\"a\", W/\"b\" ,\"c\""), "\"b\""));
  EXPECT_TRUE(none_match_names(with("if-none-match", "*"), "\"b\""));
  EXPECT_FALSE(none_match_names(with("if-none-match", "\"a\""), "\"b\""));
  EXPECT_FALSE(none_match_names(Request{}, "\"b\""));
}

}  // namespace
}  // namespace pastille::http
