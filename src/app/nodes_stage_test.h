// For tests of several nodes: each a workspace as it runs, on one store in memory, with one clock
// turned by hand.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/memory_nodes.h"
#include "app/running_test.h"

namespace pastille {

class NodesStage {
 public:
  struct Node {
    explicit Node(MemoryNodes& nodes) : store(nodes) {}
    MemoryNode store;
    RememberingFeed feed;
    std::vector<std::string> reports;  // read them when it has stopped
    std::unique_ptr<Workspace> workspace;
  };

  explicit NodesStage(std::size_t count = 2) {
    for (std::size_t i = 0; i < count; ++i) start(add());
  }

  Node& add() { return *nodes_.emplace_back(std::make_unique<Node>(world)); }
  void start(Node& node) {
    node.workspace = std::make_unique<Workspace>(Workspace::Parts{
        .store = node.store,
        .feed = node.feed,
        .clock = clock,
        .unicode = unicode,
        .calendar = calendar,
        .settings = settings,
        .report = [&node](std::string_view text) { node.reports.emplace_back(text); },
        .nodes = &node.store});
  }
  Node& operator[](std::size_t index) { return *nodes_[index]; }

  // Every node has done what fell due, and has what was committed.
  void look_round() {
    for (int round = 0; round < 2; ++round) {  // what one does as it looks, the others see
      for (const auto& node : nodes_) {
        if (node->workspace) look(*node);
      }
    }
  }
  static void look(Node& node) {
    std::promise<void> looked;
    node.workspace->look_then([&] { looked.set_value(); });
    looked.get_future().wait();
    must(node, Product{}, LookRound{});
  }
  // In steps in which nodes look, as they do when time goes by itself.
  void pass(std::chrono::seconds time) {
    for (auto left = time; left.count() > 0; --left) {
      clock.tick(std::chrono::seconds(1));
      look_round();
    }
  }

  template <class UseCase>
  static std::future<Result<typename UseCase::Answer>> ask(Node& node, Actor actor,
                                                           UseCase command) {
    using Answer = Result<typename UseCase::Answer>;
    auto promise = std::make_shared<std::promise<Answer>>();
    auto future = promise->get_future();
    node.workspace->submit(actor, std::move(command),
                           [promise](Answer answer) { promise->set_value(std::move(answer)); });
    return future;
  }
  template <class UseCase>
  static Result<typename UseCase::Answer> run(Node& node, Actor actor, UseCase command) {
    return ask(node, actor, std::move(command)).get();
  }
  template <class UseCase>
  static typename UseCase::Answer must(Node& node, Actor actor, UseCase command) {
    auto answer = run(node, actor, std::move(command));
    if (!answer) ADD_FAILURE() << "refused: " << answer.error().detail;
    return answer ? *std::move(answer) : typename UseCase::Answer{};
  }

  UserId person(const std::string& login) {
    return must((*this)[0], Operator{},
                CreatePerson{.fields = {.login = login, .display_name = login, .role = kAgentRole},
                             .password_hash = "hash"})
        .user;
  }
  SessionId session(UserId user) {
    SecretHash secret{};
    secret[0] = ++secrets_;
    const SessionId made =
        must((*this)[0], Product{},
             SignIn{.user = user, .verified_hash = "hash", .secret = secret, .user_agent = "test"});
    look_round();
    return made;
  }
  ConnectionId arrives(Node& node, SessionId from) {
    const ConnectionId id{++connections_};
    must(node, from, PersonArrived{.connection = {.id = id, .session = from, .token = {}}});
    look_round();
    return id;
  }
  void leaves(Node& node, UserId user, ConnectionId connection) {
    must(node, Product{}, PersonLeft{.user = user, .connection = connection});
    look_round();
  }
  static const Presence& presence(Node& node, UserId user) {
    return *node.workspace->snapshot()->presence(user);
  }
  static StatusType shown(Node& node, UserId user) { return presence(node, user).entry.type; }
  // How often anybody's entry was published by a node.
  static std::size_t entries(Node& node) {
    std::size_t count = 0;
    for (const auto& publication : node.feed.publications()) {
      for (const Event& event : publication->events) {
        count +=
            static_cast<std::size_t>(std::ranges::count_if(event.changes, [](const Change& each) {
              return std::holds_alternative<EntryPut>(each);
            }));
      }
    }
    return count;
  }

  Settings settings;
  FakeClock clock{
      Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(9))};
  MemoryNodes world{clock};
  IcuUnicode unicode;
  IcuCalendar calendar;

 private:
  std::vector<std::unique_ptr<Node>> nodes_;
  std::uint8_t secrets_ = 0;
  std::uint64_t connections_ = 0;
};

}  // namespace pastille
