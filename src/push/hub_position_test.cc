// Positions: where a client stands that comes back, and what the rev of an entry says.
#include <gtest/gtest.h>

#include <set>

#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

constexpr StatusId kBusy = system_status(StatusType::kBusy);

std::string text(const boost::json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

std::string coming_back(const boost::json::object& ready, std::uint64_t seq) {
  return R"(,"epoch":")" + text(ready, "epoch") + R"(","seq":)" + std::to_string(seq);
}

TEST(LivePosition, OfWhoComesBackIsTheirOwnUntilTheyHaveWhatTheyMissed) {
  LiveStage stage;
  const auto people = stage.people(2);
  const LiveClient changing = stage.present(people[0]);
  boost::json::object ready;
  LiveClient first = stage.present(people[1], &ready, R"(,"follow":{"all":true})");
  const std::uint64_t seq = LiveClient::number(first.next("board"), "seq");
  const std::uint64_t rev = stage.shows(people[0], kBusy, "meanwhile");
  for (const char* follow : {R"(,"follow":{"all":true})", R"(,"follow":{"users":["u1"]})"}) {
    LiveClient again = stage.present(people[1], &ready, coming_back(ready, seq) + follow);
    EXPECT_TRUE(ready.at("resumed").as_bool());
    EXPECT_EQ(LiveClient::number(ready, "seq"), seq) << follow;
    EXPECT_GE(LiveClient::number(again.next("changes"), "seq"), rev);
  }
  // Without a set, too: what it holds for is still to be said.
  LiveClient later = stage.present(people[1], &ready, coming_back(ready, seq));
  EXPECT_EQ(LiveClient::number(ready, "seq"), seq);
  stage.fanout().fresh();
  EXPECT_EQ(LiveClient::number(later.next("fresh"), "seq"), seq);
  later.say(R"({"do":"follow","add":["u1"]})");
  EXPECT_EQ(text(later.change(people[0].first, rev), "note"), "meanwhile");
}

TEST(LivePosition, IsNoIdOfAnEventBeforeWhatWasMissed) {
  LiveStage stage({.tick = std::chrono::milliseconds(1)});
  const auto people = stage.people(2);
  LiveClient changing = stage.present(people[0]);
  LiveOpening opening;
  opening.follow = FollowAll{};
  const auto stream = [&] {
    return stage.hand_over({.websocket = false,
                            .reader = kOwnSession,
                            .actor = people[1].second,
                            .user = people[1].first,
                            .opening = opening});
  };
  const std::string board = stream().read_until("\"more\":false");
  EXPECT_LT(board.find("event: board\nid: "), board.find("\nid: "));
  // The next board waits a moment after that one: what is told meanwhile has a position, and no id.
  changing.change(people[0].first, stage.shows(people[0], kBusy, "for another board"));
  LiveClient waiting = stream();
  stage.fanout().fresh();
  const std::string second = waiting.read_until("\"more\":false");
  EXPECT_LT(second.find("event: board\nid: "), second.find("\nid: ")) << second;

  opening.position = stage.workspace().snapshot()->position();
  stage.shows(people[0], kBusy, "meanwhile");
  const std::string missed = stream().read_until("\"meanwhile\"");
  EXPECT_NE(missed.find(R"("resumed":true)"), std::string::npos);
  EXPECT_LT(missed.find("event: changes\nid: "), missed.find("\nid: "));
}

// Frames and answers of several moments beside each other must not tell when somebody left.
TEST(LiveRev, OfAnOfflineColleagueDoesNotTellWhenTheyLeft) {
  LiveStage stage({}, {.grace = std::chrono::seconds(0)});
  const auto people = stage.people(5);
  boost::json::object ready;
  LiveClient watching = stage.present(people[0], &ready, R"(,"follow":{"users":["u2","u3"]})");
  const std::uint64_t seq = LiveClient::number(watching.next("board"), "seq");
  const LiveClient staying = stage.present(people[3]);
  for (const std::size_t each : {1UL, 2UL}) {
    LiveClient leaving = stage.present(people[each]);
    EXPECT_EQ(text(watching.change(people[each].first), "type"), "connected");
    leaving.hang_up();
    EXPECT_EQ(text(watching.change(people[each].first), "type"), "offline");
    stage.shows(people[3], kBusy, "after " + std::to_string(each));
  }
  const auto revs_of = [](const boost::json::object& frame) {
    std::set<std::uint64_t> revs;
    for (const auto& each : frame.at("users").as_array()) {
      revs.insert(LiveClient::number(each.as_object(), "rev"));
    }
    return revs;
  };
  LiveClient late = stage.present(people[4]);
  late.say(R"({"do":"follow","add":["u2","u3","u4"]})");
  const auto some = late.next("board");
  EXPECT_EQ(revs_of(some), std::set{LiveClient::number(some, "seq")});

  LiveClient back = stage.present(people[0], &ready,
                                  coming_back(ready, seq) + R"(,"follow":{"users":["u2","u3"]})");
  const auto missed = back.next("changes");
  EXPECT_EQ(missed.at("users").as_array().size(), 2U);
  EXPECT_EQ(revs_of(missed), std::set{LiveClient::number(missed, "seq")});

  late.say(R"({"do":"follow","all":true})");
  const auto all = late.next("board");
  EXPECT_EQ(all.at("users").as_array().size(), 3U);
  EXPECT_EQ(revs_of(all).size(), 1U) << "of one stretch of ids";
  EXPECT_LE(*revs_of(all).begin(), LiveClient::number(all, "seq"));
}

}  // namespace
}  // namespace pastille::push
