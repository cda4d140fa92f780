#include "http/request.h"

#include <gtest/gtest.h>

namespace pastille::http {
namespace {

TEST(Query, IsDecodedInItsOrder) {
  const auto query = parse_query("q=Pause+caf%C3%A9&tag=a&tag=b&flag");
  ASSERT_TRUE(query);
  ASSERT_EQ(query->size(), 4U);
  EXPECT_EQ((*query)[0].second, "Pause café");
  EXPECT_EQ((*query)[2].second, "b");
  EXPECT_EQ((*query)[3].first, "flag");
}

TEST(Query, RefusesBrokenEscapesAndWhatIsNoText) {
  for (const char* text : {"q=%", "q=%4", "q=%zz", "q=%C3", "q=%ED%A0%80", "q=%C0%80",
                           "q=%F4%90%80%80", "%FF=1", "q=%00", "q=a%1B%5B2J", "q=%C2%9B"}) {
    EXPECT_FALSE(parse_query(text)) << text;
  }
}

TEST(PathSegment, KeepsThePlus) { EXPECT_EQ(decode_path_segment("a+%62"), "a+b"); }

}  // namespace
}  // namespace pastille::http
