// Clients that ask more than they read, or read nothing at all.
#include <gtest/gtest.h>

#include <set>

#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

using std::chrono::milliseconds;

// The hub has worked off what had come.
void let_it_work(LiveStage& stage) {
  for (int turn = 0; turn < 50; ++turn) stage.on_hub([] {});
}

// Changes until a reader's socket takes nothing more. `changing` reads what it is told of it.
void fill(LiveStage& stage, const PersonHere& person, LiveClient& changing) {
  const std::string filler(120, 'x');
  for (int i = 0; i < 50'000 && stage.hub().figures().slow == 0; ++i) {
    const std::uint64_t rev = stage.shows(person, kBusy, std::to_string(i) + filler);
    if (i % 20 == 0) changing.change(person.first, rev);
  }
  ASSERT_EQ(stage.hub().figures().slow, 1);
}

TEST(SlowClients, ThatAskAndAskAreNotHeardUntilTheyReadTheAnswers) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient client = stage.present(people[0], nullptr, "", 4096);
  const auto heard = [&] {
    std::uint64_t count = 0;
    stage.on_hub([&] { count = stage.hub().figures().frames_received; });
    return count;
  };
  const std::uint64_t before = heard();
  constexpr int kAsked = 30;
  // Each is refused at length: the answer names the field.
  const std::string field(3'000, 'x');
  for (int i = 0; i < kAsked; ++i) {
    client.say(R"({"do":"set","ref":"r)" + std::to_string(i) + R"(","status_id":"s3",")" + field +
               R"(":1})");
  }
  let_it_work(stage);
  EXPECT_GT(heard() - before, 1U);
  EXPECT_LT(heard() - before, 20U);
  for (int i = 0; i < kAsked; ++i) {
    EXPECT_EQ(client.next("refused").at("ref").as_string(), "r" + std::to_string(i));
  }
  EXPECT_EQ(heard() - before, static_cast<std::uint64_t>(kAsked));
}

TEST(SlowClients, GetAllThatChangedOfTheCatalogueAndTheDirectory) {
  LiveStage stage({.tick = milliseconds(1)});
  const auto people = stage.people(3);
  LiveClient changing = stage.present(people[0]);
  LiveClient witness = stage.present(people[2]);
  LiveClient slow = stage.present(people[1], nullptr, R"(,"follow":{"all":true})", 4096);
  slow.next("board");
  fill(stage, people[0], changing);
  std::set<std::string> statuses;
  std::set<std::string> persons;
  for (const char* name : {"First", "Second", "Third"}) {  // each in a tick of its own
    statuses.insert(to_text(stage.status(name)));
    witness.next("catalogue");
    persons.insert(to_text(stage.people(1)[0].first));
    witness.next("people");
  }
  const auto take = [&](const char* is, const char* items, std::set<std::string>& wanted) {
    int frames = 0;
    while (!wanted.empty() && ++frames <= 3) {
      const boost::json::object frame = slow.next(is);
      if (frame.empty()) break;
      for (const auto& each : frame.at(items).as_array()) {
        wanted.erase(std::string(each.as_object().at("id").as_string()));
      }
    }
    EXPECT_TRUE(wanted.empty()) << "of " << is << " something was never told";
    EXPECT_EQ(frames, 1) << "merged";
  };
  take("catalogue", "statuses", statuses);
  take("people", "users", persons);
}

TEST(SlowClients, OfAnEventStreamAreDroppedAfterTheSilence) {
  FakeClock clock(kMorning);
  const Settings live{.tick = milliseconds(1)};
  LiveStage stage(live, {}, &clock);
  const auto people = stage.people(2);
  LiveClient changing = stage.present(people[0]);
  LiveOpening opening;
  opening.follow = FollowAll{};
  LiveClient stream = stage.hand_over({.websocket = false,
                                       .reader = kOwnSession,
                                       .actor = people[1].second,
                                       .user = people[1].first,
                                       .opening = opening},
                                      4096);
  stream.read_until("\"more\":false");
  fill(stage, people[0], changing);
  const auto connections = [&] {
    std::int64_t count = 0;
    stage.on_hub([&] { count = stage.hub().figures().connections; });
    return count;
  };
  const auto pong = [&] {
    changing.send_frame(Opcode::kPing, "there?");
    while (changing.hear().payload != "there?") continue;
  };
  clock.tick(live.silence() - milliseconds(1'000));
  pong();
  EXPECT_EQ(connections(), 2);
  clock.tick(milliseconds(2'000));
  pong();
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (connections() == 2 && std::chrono::steady_clock::now() < give_up) continue;
  EXPECT_EQ(connections(), 1);
}

}  // namespace
}  // namespace pastille::push
