// What a hub does when its workspace cannot listen, or has been taken for dead.
#include <gtest/gtest.h>

#include "app/nodes_stage_test.h"
#include "push/live_stage_test.h"

namespace pastille::push {
namespace {

struct Nothing {
  using Answer = bool;
  Result<bool> decide(Draft&, const Acting&, const Context&) const { return true; }
};

TEST(LiveFaults, ADepartureThatTheWorkspaceCouldNotTakeIsToldAgain) {
  LiveStage stage({}, {.grace = std::chrono::seconds(0)});
  const auto people = stage.people(2);
  LiveClient leaving = stage.present(people[0]);
  LiveClient watching = stage.present(people[1], nullptr, R"(,"follow":{"users":["u1"]})");
  watching.next("board");

  std::promise<void> let_go;
  stage.workspace().submit(Operator{}, Hold{let_go.get_future().share()},
                           [](const Result<bool>&) {});
  std::atomic<bool> full = false;
  while (!full) {
    stage.workspace().submit(Operator{}, Nothing{}, [&full](const Result<bool>& result) {
      if (!result) full = true;
    });
  }
  leaving.hang_up();
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (stage.hub().figures().present == 2 && std::chrono::steady_clock::now() < give_up) continue;
  ASSERT_EQ(stage.hub().figures().present, 1);
  let_go.set_value();
  EXPECT_EQ(watching.change(people[0].first).at("type").as_string(), "offline");
}

TEST(LiveFaults, WhatWasSentToANodeThatWasTakenForDeadMeanwhileIsNotRead) {
  NodesStage nodes;
  const UserId anna = nodes.person("anna");
  const SessionId session = nodes.session(anna);
  Workspace& workspace = *nodes[0].workspace;
  // The hub is not told that the node began anew: what the client sent is read before that is.
  Fanout fanout;
  Listening observer;
  PersonShares shares;
  boost::asio::io_context io{1};
  auto work = boost::asio::make_work_guard(io);
  auto hub = std::make_unique<Hub>(HubParts{io, workspace, fanout, nodes.clock, observer, shares},
                                   Settings{});
  std::thread thread([&] { io.run(); });
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  boost::asio::post(io, [&, socket = ends[0]] {
    hub->adopt({.socket = socket,
                .websocket = true,
                .reader = kOwnSession,
                .actor = session,
                .user = anna});
  });
  LiveClient client(ends[1]);
  client.say(R"({"do":"open","present":false})");
  client.next("ready");

  const NodeId before = workspace.node();
  for (int second = 0; second < 15; ++second) {  // the first node is stopped
    nodes.clock.tick(std::chrono::seconds(1));
    NodesStage::look(nodes[1]);
  }
  NodesStage::look(nodes[0]);
  ASSERT_NE(workspace.node(), before);
  client.say(R"({"do":"set","ref":"late","status_id":"s3"})");
  EXPECT_EQ(client.close_code(), close_code::kRestarting);
  EXPECT_FALSE(NodesStage::presence(nodes[0], anna).pending);

  io.stop();
  thread.join();
  hub = nullptr;
}

}  // namespace
}  // namespace pastille::push
