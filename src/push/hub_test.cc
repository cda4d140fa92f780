// The hub as its clients see it, with a whole workspace behind it.
#include "push/hub.h"

#include <gtest/gtest.h>

#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

using std::chrono::milliseconds;

TEST(Hub, SaysReadyOnceTheArrivalIsCommitted) {
  LiveStage stage;
  const auto people = stage.people(1);
  boost::json::object ready;
  const LiveClient client = stage.present(people[0], &ready);
  const auto& me = ready.at("me").as_object();
  EXPECT_EQ(text(me, "user"), to_text(people[0].first));
  EXPECT_EQ(text(me, "type"), "connected");
  EXPECT_GE(LiveClient::number(ready, "seq"), LiveClient::number(me, "rev"));
  EXPECT_FALSE(ready.at("resumed").as_bool());
  EXPECT_EQ(stage.hub().figures().present, 1);
}

TEST(Hub, ShowsNobodyWhoOnlyWatches) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient client = stage.connect(people[0]);
  client.say(R"({"do":"open","present":false})");
  EXPECT_EQ(text(client.next("ready").at("me").as_object(), "type"), "offline");
  EXPECT_EQ(stage.hub().figures().present, 0);
}

TEST(Hub, GivesWhoFollowsAllTheBoardAndThenEachChange) {
  LiveStage stage;
  const auto people = stage.people(3);
  const LiveClient other = stage.present(people[1]);
  LiveClient client = stage.present(people[0]);
  client.say(R"({"do":"follow","all":true,"ref":"a"})");
  const auto board = client.next("board");
  EXPECT_TRUE(board.at("all").as_bool());
  EXPECT_FALSE(board.at("more").as_bool());
  EXPECT_EQ(text(board, "ref"), "a");
  EXPECT_EQ(board.at("users").as_array().size(), 2U) << "offline ones are left out";
  const std::uint64_t rev = stage.shows(people[1], kBusy, "soup");
  EXPECT_EQ(text(client.change(people[1].first, rev), "note"), "soup");
}

TEST(Hub, NamesEachOfSomeOfflineOnesTooAndWhoIsUnknown) {
  LiveStage stage;
  const auto people = stage.people(3);
  LiveClient client = stage.present(people[0]);
  const std::string offline = to_text(people[2].first);
  client.say(R"({"do":"follow","add":[")" + offline + R"(","u9999","nobody"]})");
  const auto board = client.next("board");
  ASSERT_EQ(board.at("users").as_array().size(), 1U);
  EXPECT_EQ(text(board.at("users").as_array()[0].as_object(), "type"), "offline");
  EXPECT_EQ(boost::json::serialize(board.at("unknown")), R"(["nobody","u9999"])");
  const LiveClient arrives = stage.present(people[2]);
  EXPECT_EQ(text(client.change(people[2].first), "type"), "connected");
}

TEST(Hub, RefusesToAddWhileFollowingAll) {
  LiveStage stage;
  const auto people = stage.people(2);
  LiveClient client = stage.present(people[0]);
  client.say(R"({"do":"follow","all":true})");
  client.say(R"({"do":"follow","ref":"b","add":["u2"]})");
  const auto refused = client.next("refused");
  EXPECT_EQ(text(refused, "ref"), "b");
  EXPECT_EQ(text(refused.at("problem").as_object(), "type"), "/problems/invalid");
  client.say(R"({"do":"follow","all":false})");
  EXPECT_TRUE(client.next("board").at("users").as_array().empty());
  client.say(R"({"do":"follow","ref":"c","add":["u2"]})");
  EXPECT_EQ(text(client.next("board"), "ref"), "c");
}

TEST(Hub, HoldsTwoThousandInAFollowSetAndNoMore) {
  LiveStage stage;
  const auto people = stage.people(limits::kFollowMost + 1);
  LiveClient client = stage.present(people[0]);
  const auto add = [&](std::size_t from, std::size_t count, const std::string& ref) {
    std::string ids;
    for (std::size_t i = from; i < from + count; ++i) {
      ids += (ids.empty() ? "\"" : ",\"") + to_text(people[i].first) + '"';
    }
    client.say(R"({"do":"follow","ref":")" + ref + R"(","add":[)" + ids + "]}");
  };
  const auto named = [&] {
    std::size_t count = 0;
    while (true) {
      const auto page = client.next("board");
      if (page.empty()) return count;
      count += page.at("users").as_array().size();
      if (!page.at("more").as_bool()) return count;
    }
  };
  add(0, 1000, "a");
  EXPECT_EQ(named(), 1000U);
  add(1000, 1000, "b");
  EXPECT_EQ(named(), 1000U);
  add(0, 1000, "again");
  EXPECT_EQ(named(), 1000U);
  add(2000, 1, "c");
  EXPECT_EQ(text(client.next("refused"), "ref"), "c");
}

TEST(Hub, TellsOnesOwnChangesWithoutFollowing) {
  LiveStage stage;
  const auto people = stage.people(1);
  LiveClient tab = stage.present(people[0]);
  LiveClient other_tab = stage.present(people[0]);
  tab.say(R"({"do":"set","ref":"s","status_id":"s3","note":"here"})");
  const auto done = tab.next("done");
  EXPECT_EQ(text(done, "ref"), "s");
  const std::uint64_t rev = LiveClient::number(done.at("entry").as_object(), "rev");
  EXPECT_EQ(text(other_tab.change(people[0].first, rev), "note"), "here");
}

TEST(Hub, EncodesAFrameOnceForAllWhoFollow) {
  LiveStage stage;
  const auto people = stage.people(501);
  std::vector<LiveClient> clients;
  for (std::size_t i = 1; i < people.size(); ++i) {
    clients.push_back(stage.connect(people[i]));
    clients.back().say(R"({"do":"open","present":false,"follow":{"all":true}})");
    clients.back().next("board");
  }
  const LiveClient changing = stage.present(people[0]);
  for (LiveClient& each : clients) each.change(people[0].first);
  const auto frames = stage.hub().figures().frames_encoded.load();
  const auto entries = stage.fanout().figures().entries_encoded.load();
  const std::uint64_t rev = stage.shows(people[0], kBusy, "once");
  for (LiveClient& each : clients)
    EXPECT_EQ(text(each.change(people[0].first, rev), "note"), "once");
  EXPECT_EQ(stage.hub().figures().frames_encoded - frames, 1U);
  EXPECT_EQ(stage.fanout().figures().entries_encoded - entries, 1U);
}

TEST(Hub, EncodesAnEntryOnceForAllFollowSetsItIsIn) {
  LiveStage stage;
  const auto people = stage.people(101);
  const LiveClient changing = stage.present(people[0]);
  std::vector<LiveClient> clients;
  for (std::size_t i = 1; i < people.size(); ++i) {
    clients.push_back(stage.connect(people[i]));
    clients.back().say(R"({"do":"open","present":false})");
    clients.back().say(R"({"do":"follow","add":["u1",")" + to_text(people[i].first) + "\"]}");
    clients.back().next("board");
  }
  const auto before = stage.fanout().figures().entries_encoded.load();
  const std::uint64_t rev = stage.shows(people[0], kBusy, "once");
  for (LiveClient& each : clients) each.change(people[0].first, rev);
  EXPECT_EQ(stage.fanout().figures().entries_encoded - before, 1U);
}

TEST(Hub, GathersWhatChangesFasterThanTheTick) {
  LiveStage stage({.tick = milliseconds(200)});
  const auto people = stage.people(2);
  const LiveClient changing = stage.present(people[0]);
  LiveClient client = stage.present(people[1], nullptr, R"(,"follow":{"all":true})");
  client.next("board");
  std::uint64_t rev = 0;
  const auto ticks = stage.hub().figures().ticks.load();
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 200; ++i) rev = stage.shows(people[0], kBusy, std::to_string(i));
  client.change(people[0].first, rev);
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_LE(stage.hub().figures().ticks - ticks,
            static_cast<std::uint64_t>(took / milliseconds(200)) + 2);
}

// Changes until the reader's socket takes nothing more, and then 500 times. Who changes reads what
// they are told of it, so that nobody but the reader is slow.
struct Backlog {
  std::size_t before = 0;
  std::uint64_t newest = 0;  // rev
};
Backlog pile_up(LiveStage& stage, const PersonHere& person, LiveClient& own) {
  Backlog backlog;
  const std::string filler(120, 'x');
  const auto shows = [&](std::size_t number) {
    const std::uint64_t rev = stage.shows(person, kBusy, std::to_string(number) + filler);
    if (number % 50 == 0) own.change(person.first, rev);
  };
  for (; stage.hub().figures().slow == 0 && backlog.before < 50'000; ++backlog.before) {
    shows(backlog.before);
  }
  for (std::size_t i = 0; i < 500; ++i) shows(i);
  backlog.newest = stage.shows(person, kBusy, "newest");
  return backlog;
}

TEST(Hub, GivesASlowReaderTheNewestStateAndHoldsNoQueue) {
  LiveStage stage({.tick = milliseconds(1)});
  const auto people = stage.people(2);
  LiveClient changing = stage.present(people[0]);
  LiveClient slow = stage.present(people[1], nullptr, R"(,"follow":{"all":true})", 4096);
  slow.next("board");
  const Backlog backlog = pile_up(stage, people[0], changing);
  EXPECT_EQ(stage.hub().figures().slow, 1);
  EXPECT_EQ(text(slow.change(people[0].first, backlog.newest), "note"), "newest");
  EXPECT_LT(slow.passed_over(), backlog.before + 50) << "what came meanwhile is one frame";
}

TEST(Hub, GivesASlowReaderOfSomeTheNewestOfEachInOneFrame) {
  LiveStage stage({.tick = milliseconds(1)});
  const auto people = stage.people(3);
  LiveClient first = stage.present(people[0]);
  const LiveClient second = stage.present(people[1]);
  LiveClient slow = stage.present(people[2], nullptr, R"(,"follow":{"users":["u1","u2"]})", 4096);
  slow.next("board");
  const Backlog backlog = pile_up(stage, people[0], first);
  const std::uint64_t other = stage.shows(people[1], kBusy, "newest too");
  EXPECT_EQ(text(slow.change(people[1].first, other), "note"), "newest too");
  EXPECT_LT(slow.passed_over(), backlog.before + 50);
}

TEST(Hub, GoesOnWithAKnownPositionAndSaysOnlyWhatChanged) {
  LiveStage stage;
  const auto people = stage.people(3);
  const LiveClient changing = stage.present(people[0]);
  boost::json::object ready;
  LiveClient first = stage.present(people[1], &ready, R"(,"follow":{"all":true})");
  const std::uint64_t seq = LiveClient::number(first.next("board"), "seq");
  first.hang_up();
  const std::uint64_t rev = stage.shows(people[0], kBusy, "meanwhile");
  const std::string position =
      R"(,"epoch":")" + text(ready, "epoch") + R"(","seq":)" + std::to_string(seq);

  LiveClient again = stage.present(people[1], &ready, position + R"(,"follow":{"all":true})");
  EXPECT_TRUE(ready.at("resumed").as_bool());
  EXPECT_EQ(text(again.change(people[0].first, rev), "note"), "meanwhile");
  EXPECT_EQ(again.passed_over(), 0U) << "no board";

  LiveClient some =
      stage.present(people[1], &ready, position + R"(,"follow":{"users":["u1","u3"]})");
  EXPECT_TRUE(ready.at("resumed").as_bool());
  EXPECT_EQ(text(some.change(people[0].first, rev), "note"), "meanwhile");
  EXPECT_EQ(some.passed_over(), 0U);

  LiveClient later = stage.present(people[1], &ready, position);
  EXPECT_TRUE(ready.at("resumed").as_bool());
  later.say(R"({"do":"follow","add":["u1","u3"]})");
  EXPECT_EQ(text(later.change(people[0].first, rev), "note"), "meanwhile");
  EXPECT_EQ(later.passed_over(), 0U);
}

TEST(Hub, BeginsAnewWithAPositionThatItDoesNotKnow) {
  LiveStage stage;
  const auto people = stage.people(1);
  boost::json::object ready;
  LiveClient client =
      stage.present(people[0], &ready, R"(,"epoch":"nonsense","seq":1,"follow":{"all":true})");
  EXPECT_FALSE(ready.at("resumed").as_bool());
  EXPECT_TRUE(client.next("board").at("all").as_bool());
  LiveClient future = stage.present(
      people[0], &ready,
      R"(,"epoch":")" + text(ready, "epoch") + R"(","seq":999999999,"follow":{"all":true})");
  EXPECT_FALSE(ready.at("resumed").as_bool());
  EXPECT_TRUE(future.next("board").at("all").as_bool());
}

TEST(Hub, PagesALargeBoardWithOneSeq) {
  LiveStage stage;
  const auto people = stage.people(1000);
  std::vector<LiveClient> clients;
  for (std::size_t i = 0; i < 500; ++i) {
    clients.push_back(stage.connect(people[i]));
    clients.back().say(R"({"do":"open","present":true})");
  }
  for (LiveClient& each : clients) each.next("ready");
  LiveClient client = stage.present(people[999]);
  client.say(R"({"do":"follow","all":true,"ref":"pages"})");
  std::size_t pages = 0;
  std::size_t named = 0;
  std::uint64_t seq = 0;
  while (true) {
    const auto page = client.next("board");
    if (page.empty()) break;
    if (pages++ > 0) {
      EXPECT_EQ(LiveClient::number(page, "seq"), seq);
    }
    seq = LiveClient::number(page, "seq");
    EXPECT_EQ(text(page, "ref"), "pages");
    named += page.at("users").as_array().size();
    if (!page.at("more").as_bool()) break;
  }
  EXPECT_GT(pages, 1U);
  EXPECT_EQ(named, 501U);
}

TEST(Hub, ShowsWhoHungUpAsOfflineAfterTheGrace) {
  LiveStage stage({}, {.grace = std::chrono::seconds(0)});
  const auto people = stage.people(2);
  LiveClient leaving = stage.present(people[0]);
  LiveClient client = stage.present(people[1], nullptr, R"(,"follow":{"users":["u1"]})");
  client.next("board");
  leaving.hang_up();
  EXPECT_EQ(text(client.change(people[0].first), "type"), "offline");
}

}  // namespace
}  // namespace pastille::push
