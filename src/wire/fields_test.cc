#include "wire/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/limits.h"
#include "wire/body.h"

namespace pastille {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> pointers(const std::vector<FieldError>& faults) {
  std::vector<std::string> out;
  for (const FieldError& each : faults) out.push_back(each.pointer);
  return out;
}

TEST(Body, RefusesWhatIsNoJson) {
  for (const char* text : {"", "{", "{\"a\":}", "nope", "{} {}", "{\"a\":\"\xFF\"}", "[1,]",
                           "{\"a\":\"\\ud800\"}", "// c\n{}"}) {
    const auto parsed = parse_json(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().problem, Problem::kMalformed);
  }
}

TEST(Body, RefusesAKeyThatStandsTwice) {
  EXPECT_FALSE(parse_json(R"({"a":1,"a":2})"));
  EXPECT_FALSE(parse_json(R"({"x":[{"a":1,"\u0061":2}]})"));
  EXPECT_TRUE(parse_json(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})"));
}

TEST(Body, MayBeAsDeepAsTheLimitAndNoDeeper) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse_json(nested(limits::kJsonDepth)));
  EXPECT_FALSE(parse_json(nested(limits::kJsonDepth + 1)));
}

TEST(Fields, NameEveryFaultOfTheInputAtOnce) {
  std::vector<FieldError> faults;
  Fields fields(*parse_json(R"({"name":7,"type":null,"names":{"fr":1,"a/b":2},"tags":["x",2],
                                "colour":"red","id":"s6"})"),
                faults);
  EXPECT_FALSE(fields.text("name", Need::kRequired));
  EXPECT_FALSE(fields.text("type", Need::kRequired));
  EXPECT_FALSE(fields.text("icon", Need::kRequired));
  fields.text_by_key("names", false);
  fields.texts("tags");
  fields.nothing_else({"id"});
  EXPECT_THAT(pointers(faults), ElementsAre("/name", "/type", "/icon", "/names/fr", "/names/a~1b",
                                            "/tags/1", "/colour", "/id"));
  EXPECT_EQ(faults.back().detail, "This cannot be set.");
}

TEST(Fields, TellAbsentNullAndAValueApart) {
  std::vector<FieldError> faults;
  Fields fields(*parse_json(R"({"icon":null,"note":"x","n":900.0})"), faults);
  const auto icon = fields.nullable_text("icon");
  ASSERT_TRUE(icon);
  EXPECT_FALSE(*icon);
  EXPECT_EQ(**fields.nullable_text("note"), "x");
  EXPECT_FALSE(fields.nullable_text("gone"));
  EXPECT_EQ(fields.number("n"), 900);
  fields.nothing_else();
  EXPECT_TRUE(faults.empty());
}

TEST(Fields, OfWhatIsNoObjectMissNothingElse) {
  std::vector<FieldError> faults;
  Fields fields(*parse_json("[]"), faults);
  fields.text("name", Need::kRequired);
  fields.nothing_else();
  EXPECT_THAT(pointers(faults), ElementsAre(""));
}

}  // namespace
}  // namespace pastille
