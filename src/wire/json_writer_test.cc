#include "wire/json_writer.h"

#include <gtest/gtest.h>

namespace pastille {
namespace {

TEST(JsonWriter, PutsCommasBetweenMembersAndNowhereElse) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("a", 1).key("b").begin_array().value("x").value(true).null();
  json.end_array().key("c").begin_object().end_object().field("d", UserId{36}).end_object();
  EXPECT_EQ(out, R"({"a":1,"b":["x",true,null],"c":{},"d":"u14"})");
}

TEST(JsonWriter, EscapesQuotesBackslashesAndControlCharacters) {
  std::string out;
  append_json_text(out, "a\"b\\c\n\x01 é");
  EXPECT_EQ(out, "\"a\\\"b\\\\c\\n\\u0001 é\"");
}

TEST(TimeText, IsUtcWithMilliseconds) {
  const auto time = parse_time("2026-11-23T05:30:00.125+02:00");
  ASSERT_TRUE(time);
  EXPECT_EQ(time_text(*time), "2026-11-23T03:30:00.125Z");
}

TEST(TimeText, TakesEveryFormOfRfc3339) {
  EXPECT_TRUE(parse_time("2026-11-23T05:30:00Z"));
  EXPECT_TRUE(parse_time("2026-11-23t05:30:00.123456789z"));
  EXPECT_TRUE(parse_time("2024-02-29T23:59:60-05:30"));
}

TEST(TimeText, RefusesWhatIsNoInstant) {
  for (const char* text :
       {"", "today", "2026-11-23", "2026-11-23T05:30:00", "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T05:30:00.Z",
        "2026-11-23T05:30:00Zx", "1969-12-31T23:59:59Z", "2026-11-23T05:30:00+2:00"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

}  // namespace
}  // namespace pastille
