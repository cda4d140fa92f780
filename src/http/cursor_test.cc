#include "http/cursor.h"

#include <gtest/gtest.h>

namespace pastille::http {
namespace {

Request list(const char* query) {
  Request request;
  request.path = "/api/v1/statuses";
  request.query = *parse_query(query);
  return request;
}

TEST(Cursor, GivesItsKeyBackToTheSameQuery) {
  const std::string key("\x00\xFFkey\x01", 6);
  const std::string cursor = make_cursor(key, list("q=a&limit=10"));
  EXPECT_EQ(read_cursor(cursor, list("q=a&limit=10")), key);
  EXPECT_EQ(read_cursor(cursor, list("q=a&limit=200&cursor=")), key);
}

TEST(Cursor, IsBoundToPathAndParameters) {
  const std::string cursor = make_cursor("key", list("q=a"));
  EXPECT_FALSE(read_cursor(cursor, list("q=b")));
  EXPECT_FALSE(read_cursor(cursor, list("q=a&type=busy")));
  Request other = list("q=a");
  other.path = "/api/v1/users";
  EXPECT_FALSE(read_cursor(cursor, other));
}

TEST(Cursor, RefusesWhatIsNoneOfOurs) {
  const std::string cursor = make_cursor("key", list(""));
  std::string changed = cursor;
  changed[12] = changed[12] == 'A' ? 'B' : 'A';
  for (const std::string& text : {std::string(), std::string("nonsense"), std::string("AAAA"),
                                  std::string("é"), std::string(1001, 'x'), changed}) {
    EXPECT_FALSE(read_cursor(text, list(""))) << text;
  }
}

}  // namespace
}  // namespace pastille::http
