// The limits of a live connection, from both sides.
#include <gtest/gtest.h>

#include <future>
#include <span>

#include "core/limits.h"
#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

using std::chrono::milliseconds;

std::string ids_of(std::span<const PersonHere> people) {
  std::string list;
  for (const PersonHere& each : people)
    list += (list.empty() ? "\"" : ",\"") + to_text(each.first) + '"';
  return list;
}

TEST(LiveLimits, AClientHasTenSecondsForItsFirstFrame) {
  FakeClock clock(kMorning);
  LiveStage stage({}, {}, &clock);
  const auto people = stage.people(2);
  LiveClient early = stage.connect(people[0]);
  LiveClient late = stage.connect(people[1]);
  clock.tick(limits::kOpenWithin - milliseconds(100));
  early.say(R"({"do":"open","present":true})");
  early.next("ready");
  clock.tick(milliseconds(200));
  EXPECT_EQ(late.close_code(), close_code::kSilent);
  early.say(R"({"do":"follow","add":["u1"]})");
  EXPECT_FALSE(early.next("board").empty());
}

// The two witnesses, who never open, show how far the hub has come.
TEST(LiveLimits, WhoDoesNotAnswerACloseIsCutOffAfterTwoSeconds) {
  FakeClock clock(kMorning);
  LiveStage stage({}, {}, &clock);
  const auto people = stage.people(3);
  const auto connections = [&] {
    std::int64_t count = 0;
    stage.on_hub([&] { count = stage.hub().figures().connections; });
    return count;
  };
  LiveClient first = stage.connect(people[0]);  // until 10 s
  clock.tick(milliseconds(650));
  LiveClient second = stage.connect(people[1]);  // until 10.65 s
  clock.tick(milliseconds(7'850));
  LiveClient rude = stage.present(people[2]);
  rude.say("nonsense");
  EXPECT_EQ(rude.close_code(), close_code::kMalformed);  // until 10.5 s
  EXPECT_EQ(connections(), 3);
  clock.tick(milliseconds(1'700));
  EXPECT_EQ(first.close_code(), close_code::kSilent);
  EXPECT_EQ(connections(), 3);
  clock.tick(milliseconds(600));
  EXPECT_EQ(second.close_code(), close_code::kSilent);
  EXPECT_EQ(connections(), 2);
}

TEST(LiveLimits, SixteenCommandsAreInHandAtOnceAndTheRestWaits) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient client = stage.present(people[0]);
  const auto heard = [&] {
    std::uint64_t count = 0;
    stage.on_hub([&] { count = stage.hub().figures().frames_received; });
    return count;
  };
  const std::uint64_t before = heard();
  std::promise<void> let_go;
  stage.workspace().submit(Operator{}, Hold{let_go.get_future().share()},
                           [](const Result<bool>&) {});
  std::string frames;  // one send: the hub reads them all at once
  for (int i = 0; i < limits::kCommandsInFlight + 4; ++i) {
    frames += LiveClient::frame(
        Opcode::kText, R"({"do":"set","ref":"r)" + std::to_string(i) + R"(","status_id":"s3"})");
  }
  client.send_bytes(frames);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (heard() == before && std::chrono::steady_clock::now() < give_up) continue;
  EXPECT_EQ(heard() - before, limits::kCommandsInFlight);
  let_go.set_value();
  for (int i = 0; i < limits::kCommandsInFlight + 4; ++i) {
    const auto done = client.next("done");
    ASSERT_FALSE(done.empty());
    EXPECT_EQ(done.at("ref").as_string(), "r" + std::to_string(i));
  }
}

TEST(LiveLimits, WhatComesWhileTheRestWaitsIsHeardAfterIt) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient client = stage.present(people[0]);
  const auto heard = [&] {
    std::uint64_t count = 0;
    stage.on_hub([&] { count = stage.hub().figures().frames_received; });
    return count;
  };
  const std::uint64_t before = heard();
  std::promise<void> let_go;
  stage.workspace().submit(Operator{}, Hold{let_go.get_future().share()},
                           [](const Result<bool>&) {});
  const auto set = [](int i) {
    return LiveClient::frame(
        Opcode::kText, R"({"do":"set","ref":"r)" + std::to_string(i) + R"(","status_id":"s3"})");
  };
  constexpr int kFirst = limits::kCommandsInFlight + 4;
  std::string segment = LiveClient::frame(Opcode::kText, R"({"do":"follow","add":["u1"]})");
  for (int i = 0; i < kFirst; ++i) segment += set(i);
  const std::string half = set(kFirst).substr(0, 9);
  client.send_bytes(segment + half);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (heard() == before && std::chrono::steady_clock::now() < give_up) continue;
  client.send_bytes(set(kFirst).substr(half.size()) + set(kFirst + 1));
  for (int turn = 0; turn < 20; ++turn) stage.on_hub([] {});
  let_go.set_value();
  for (int i = 0; i <= kFirst + 1; ++i) {
    const auto done = client.next("done");
    ASSERT_FALSE(done.empty());
    EXPECT_EQ(done.at("ref").as_string(), "r" + std::to_string(i));
  }
}

TEST(LiveLimits, WhoMissedAHundredChangesGoesOnAndWhoMissedMoreGetsABoard) {
  LiveStage stage;
  const auto people = stage.people(limits::kTailAlways + 2);
  std::vector<LiveClient> others;
  for (std::size_t i = 0; i <= limits::kTailAlways; ++i) others.push_back(stage.present(people[i]));
  boost::json::object ready;
  LiveClient client = stage.present(people.back(), &ready, R"(,"follow":{"all":true})");
  const std::uint64_t seq = LiveClient::number(client.next("board"), "seq");
  const std::string position = R"(,"epoch":")" + std::string(ready.at("epoch").as_string()) +
                               R"(","seq":)" + std::to_string(seq) + R"(,"follow":{"all":true})";

  for (std::size_t i = 0; i < limits::kTailAlways; ++i) stage.shows(people[i], kBusy, "meanwhile");
  LiveClient again = stage.present(people.back(), &ready, position);
  EXPECT_TRUE(ready.at("resumed").as_bool());
  EXPECT_EQ(again.next("changes").at("users").as_array().size(), limits::kTailAlways);
  EXPECT_EQ(again.passed_over(), 0U);

  stage.shows(people[limits::kTailAlways], kBusy, "one more");
  LiveClient anew = stage.present(people.back(), &ready, position);
  EXPECT_FALSE(ready.at("resumed").as_bool());
  EXPECT_EQ(anew.next("board").at("users").as_array().size(), people.size());
}

TEST(LiveLimits, APersonSetsTheirStatusAsOftenAsTheirShareAllowsWhateverTheyUsedItFor) {
  LiveStage stage;
  const auto people = stage.people(2);
  LiveClient client = stage.present(people[0]);
  LiveClient other = stage.present(people[1]);
  PersonShares& shares = stage.shares();
  // As over HTTP, from which one more is left.
  shares.take(people[0].first, Share::kStatuses, shares.quota(Share::kStatuses).most - 1,
              SystemClock().now().steady);
  client.say(R"({"do":"set","ref":"last","status_id":"s3"})");
  EXPECT_EQ(client.next("done").at("ref").as_string(), "last");
  client.say(R"({"do":"clear","ref":"more"})");
  const auto refused = client.next("refused");
  EXPECT_EQ(refused.at("ref").as_string(), "more");
  EXPECT_EQ(refused.at("problem").at("type").as_string(), "/problems/too-many");
  other.say(R"({"do":"set","ref":"hers","status_id":"s3"})");
  EXPECT_EQ(other.next("done").at("ref").as_string(), "hers");
}

TEST(LiveLimits, ABoardOfSomeHasTwoHundredAPage) {
  LiveStage stage;
  const auto people = stage.people(limits::kBoardPagePeople + 2);
  LiveClient client = stage.present(people.back());
  client.say(R"({"do":"follow","add":[)" +
             ids_of(std::span(people).first(limits::kBoardPagePeople)) + "]}");
  auto page = client.next("board");
  EXPECT_EQ(page.at("users").as_array().size(), limits::kBoardPagePeople);
  EXPECT_FALSE(page.at("more").as_bool());
  client.say(R"({"do":"follow","add":[)" +
             ids_of(std::span(people).first(limits::kBoardPagePeople + 1)) + "]}");
  page = client.next("board");
  EXPECT_EQ(page.at("users").as_array().size(), limits::kBoardPagePeople);
  EXPECT_TRUE(page.at("more").as_bool());
  page = client.next("board");
  EXPECT_EQ(page.at("users").as_array().size(), 1U);
  EXPECT_FALSE(page.at("more").as_bool());
}

TEST(LiveLimits, APageOfTheBoardEndsWithTheStretchOfIdsThatFillsIt) {
  LiveStage stage;
  const auto people = stage.people(400);
  std::vector<LiveClient> others;
  others.reserve(people.size());
  for (const PersonHere& each : people) others.push_back(stage.present(each));
  others.front().say(R"({"do":"follow","all":true})");
  LiveClient::Heard heard = others.front().hear();
  while (heard.payload.find(R"("is":"board")") == std::string::npos) heard = others.front().hear();
  EXPECT_GT(heard.payload.size(), limits::kBoardPageBytes);
  // A stretch is 128 people, each of 120 bytes when nobody has a note.
  EXPECT_LT(heard.payload.size(), limits::kBoardPageBytes + 128 * 130);
  EXPECT_NE(heard.payload.find(R"("more":true)"), std::string::npos);
}

}  // namespace
}  // namespace pastille::push
