#include "wire/live_commands.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/limits.h"

namespace pastille {
namespace {

template <class Frame>
Frame read(const std::string& text) {
  const ClientFrame frame = parse_client_frame(text);
  const Frame* found = std::get_if<Frame>(&frame);
  if (found == nullptr) {
    ADD_FAILURE() << text << " became alternative " << frame.index();
    return {};
  }
  return *found;
}

std::string ids_text(std::size_t count) {
  std::string out = "[";
  for (std::size_t i = 0; i < count; ++i)
    out += (i == 0 ? "\"u" : ",\"u") + std::to_string(i + 1) + '"';
  return out + ']';
}

TEST(ClientFrames, ReadAnOpenWithItsPositionAndSet) {
  const auto frame = read<OpenFrame>(
      R"({"do":"open","present":true,"epoch":"k3","seq":812,"follow":{"users":["u4","nobody"]}})");
  EXPECT_TRUE(frame.opening.present);
  EXPECT_EQ(frame.opening.position->epoch, "k3");
  EXPECT_EQ(frame.opening.position->seq, 812U);
  EXPECT_EQ(std::get<FollowSome>(*frame.opening.follow).users, std::vector{UserId{4}});
  EXPECT_EQ(frame.unknown, std::vector<std::string>{"nobody"});
}

TEST(ClientFrames, CloseOnAnOpenThatIsNotRight) {
  for (const char* text :
       {R"({"do":"open"})", R"({"do":"open","present":1})", R"({"do":"open","present":true,"x":1})",
        R"({"do":"open","present":true,"seq":1})", R"({"do":"open","present":true,"epoch":"x"})",
        R"({"do":"open","present":true,"epoch":"x","seq":-1})",
        R"({"do":"open","present":true,"epoch":"x","seq":9007199254740992})",
        R"({"do":"open","present":true,"epoch":"x","seq":1.5})",
        R"({"do":"open","present":true,"follow":{}})",
        R"({"do":"open","present":true,"follow":{"all":false}})",
        R"({"do":"open","present":true,"follow":{"all":true,"users":[]}})"}) {
    EXPECT_FALSE(read<MalformedFrame>(text).why.empty()) << text;
  }
}

TEST(ClientFrames, CloseOnWhatCannotBeRead) {
  for (const char* text :
       {"", "nonsense", "[]", "1", "null", "{}", R"({"do":1})", R"({"do":"dance"})",
        R"({"do":"follow"})", R"({"do":"follow","add":[1]})", R"({"do":"set"})",
        R"({"do":"clear","ref":7})", R"({"do":"clear","ref":""})"}) {
    EXPECT_FALSE(read<MalformedFrame>(text).why.empty()) << text;
  }
}

TEST(ClientFrames, TakeARefOf64BytesAndNoMore) {
  const std::string ref(limits::kRefText, 'r');
  EXPECT_EQ(read<ClearFrame>(R"({"do":"clear","ref":")" + ref + "\"}").ref, ref);
  read<MalformedFrame>(R"({"do":"clear","ref":")" + ref + "r\"}");
}

TEST(ClientFrames, RefuseAFaultByItsRefAndNameIt) {
  const auto faulty = read<FaultyFrame>(R"({"do":"set","ref":"a","nonsense":1,"for_s":59})");
  EXPECT_EQ(faulty.ref, "a");
  EXPECT_EQ(faulty.refusal.problem, Problem::kInvalid);
  std::vector<std::string> pointers;
  for (const FieldError& each : faulty.refusal.errors) pointers.push_back(each.pointer);
  std::ranges::sort(pointers);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/for_s", "/nonsense", "/status_id"}));
}

TEST(ClientFrames, TakeAThousandIdsAndNoMore) {
  const auto frame = read<FollowFrame>(R"({"do":"follow","add":)" + ids_text(1000) + "}");
  EXPECT_EQ(frame.add.size() + frame.unknown.size(), limits::kFollowPerFrame);
  read<FaultyFrame>(R"({"do":"follow","ref":"a","add":)" + ids_text(1001) + "}");
  read<MalformedFrame>(R"({"do":"follow","add":)" + ids_text(1001) + "}");
}

TEST(ClientFrames, ReadEachFormOfUntil) {
  const auto until = [](const std::string& more) {
    return read<SetFrame>(R"({"do":"set","ref":"a","status_id":"s8")" + more + "}").until;
  };
  EXPECT_TRUE(std::holds_alternative<UntilDefault>(until("")));
  EXPECT_TRUE(std::holds_alternative<UntilNever>(until(R"(,"until":null)")));
  EXPECT_TRUE(std::holds_alternative<UntilToday>(until(R"(,"until":"today")")));
  EXPECT_TRUE(std::holds_alternative<UntilInstant>(until(R"(,"until":"2026-11-23T05:30:00Z")")));
  EXPECT_EQ(std::get<UntilFor>(until(R"(,"for_s":60)")).length, std::chrono::seconds(60));
  read<FaultyFrame>(R"({"do":"set","ref":"a","status_id":"s8","until":null,"for_s":60})");
}

}  // namespace
}  // namespace pastille
