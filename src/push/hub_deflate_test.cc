#include <gtest/gtest.h>

#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

LiveClient present_deflated(LiveStage& stage, const PersonHere& person) {
  LiveClient client = stage.hand_over({.websocket = true,
                                       .deflate = true,
                                       .reader = kOwnSession,
                                       .actor = person.second,
                                       .user = person.first});
  client.say(R"({"do":"open","present":true})");
  client.next("ready");
  return client;
}

// The entries of the whole board that answers this follow.
boost::json::array board(LiveClient& client, const std::string& follow) {
  client.say(follow);
  boost::json::array users;
  while (true) {
    const boost::json::object page = client.next("board");
    if (page.empty()) return users;
    for (const auto& each : page.at("users").as_array()) users.push_back(each);
    if (!page.at("more").as_bool()) return users;
  }
}

constexpr const char* kFollow = R"({"do":"follow","all":true})";

TEST(DeflatedBoard, SaysWhatThePlainOneSays) {
  LiveStage stage;
  const auto people = stage.people(140);  // more than a stretch of ids
  std::vector<LiveClient> there;
  for (const PersonHere& person : people) there.push_back(stage.present(person));
  LiveClient packed = present_deflated(stage, people[0]);
  LiveClient plain = stage.present(people[1]);
  const boost::json::array expected = board(plain, kFollow);
  EXPECT_EQ(expected.size(), 140U);
  EXPECT_EQ(board(packed, kFollow), expected);
  EXPECT_EQ(packed.compressed(), 1U);
  EXPECT_EQ(plain.compressed(), 0U);
  EXPECT_EQ(board(packed, R"({"do":"follow","all":true,"ref":"again"})"), expected);
  EXPECT_EQ(packed.compressed(), 2U);
}

TEST(DeflatedBoard, HasWhatChangedSinceTheLastOne) {
  LiveStage stage({.tick = std::chrono::milliseconds(1)});
  const StatusId lunch = stage.status("Lunch");
  const auto people = stage.people(3);
  LiveClient packed = present_deflated(stage, people[0]);
  std::vector<LiveClient> there;
  there.push_back(stage.present(people[1]));
  EXPECT_EQ(board(packed, kFollow).size(), 2U);

  const std::uint64_t rev = stage.shows(people[1], lunch, "back at two");
  packed.change(people[1].first, rev);
  EXPECT_NE(boost::json::serialize(board(packed, kFollow)).find("back at two"), std::string::npos);

  there.push_back(stage.present(people[2]));
  packed.change(people[2].first);
  EXPECT_EQ(board(packed, kFollow).size(), 3U) << "somebody came";
  EXPECT_EQ(packed.compressed(), 3U);
}

TEST(DeflatedBoard, OfNobodyIsEmpty) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient packed = stage.hand_over({.websocket = true,
                                       .deflate = true,
                                       .reader = kOwnSession,
                                       .actor = people[0].second,
                                       .user = people[0].first});
  packed.say(R"({"do":"open","present":false})");
  packed.next("ready");
  EXPECT_TRUE(board(packed, kFollow).empty());
  EXPECT_EQ(packed.compressed(), 1U);
}

TEST(DeflatedClient, MaySendCompressedFrames) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient packed = stage.hand_over({.websocket = true,
                                       .deflate = true,
                                       .reader = kOwnSession,
                                       .actor = people[0].second,
                                       .user = people[0].first});
  const std::string payload =
      deflated(R"({"do":"open","present":true})") + std::string(kDeflateEnd);
  std::string frame(frame_header(Opcode::kText, payload.size(), true).view());
  frame[1] = static_cast<char>(static_cast<unsigned char>(frame[1]) | 0x80U);
  packed.send_bytes(frame + std::string(4, '\0') + payload);
  EXPECT_FALSE(packed.next("ready").empty());
}

}  // namespace
}  // namespace pastille::push
