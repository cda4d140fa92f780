// For tests of the workspace as it runs, thread and all: a store that fails on command, a clock
// turned by hand, a feed that remembers, and people who sign in.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "app/arrivals.h"
#include "app/create_person.h"
#include "app/create_status.h"
#include "app/faulty_store_test.h"
#include "app/own_status.h"
#include "app/sign_in.h"
#include "app/workspace.h"
#include "unicode/icu_calendar.h"
#include "unicode/icu_unicode.h"

namespace pastille {

class RememberingFeed final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication> publication) override {
    const std::lock_guard lock(mutex_);
    publications_.push_back(std::move(publication));
  }
  void stale(Time) override { say("stale"); }
  void fresh() override { say("fresh"); }
  void begun_anew(std::shared_ptr<const Organisation>) override { say("anew"); }

  std::vector<std::shared_ptr<const Publication>> publications() const {
    const std::lock_guard lock(mutex_);
    return publications_;
  }
  // The seq of every event, in the order published.
  std::vector<std::uint64_t> seqs() const {
    std::vector<std::uint64_t> found;
    for (const auto& publication : publications()) {
      for (const Event& event : publication->events) found.push_back(event.seq);
    }
    return found;
  }
  std::vector<std::string> said() const {
    const std::lock_guard lock(mutex_);
    return said_;
  }

 private:
  void say(const char* what) {
    const std::lock_guard lock(mutex_);
    said_.emplace_back(what);
  }

  mutable std::mutex mutex_;  // guards both below
  std::vector<std::shared_ptr<const Publication>> publications_;
  std::vector<std::string> said_;
};

// Changes nothing. Its answer comes after all that was due when it was given has been done.
struct LookRound {
  using Answer = bool;
  Result<bool> decide(Draft&, const Acting&, const Context&) const { return true; }
};

class Running {
 public:
  explicit Running(Settings given = {}) : settings(given) { start(); }

  void start() {
    workspace = std::make_unique<Workspace>(
        Workspace::Parts{.store = store,
                         .feed = feed,
                         .clock = clock,
                         .unicode = unicode,
                         .calendar = calendar,
                         .settings = settings,
                         .report = [this](std::string_view text) { reports.emplace_back(text); },
                         .fresh_key = fresh_key});
  }
  void stop() { workspace.reset(); }

  template <class UseCase>
  std::future<Result<typename UseCase::Answer>> ask(Actor actor, UseCase command) {
    using Answer = Result<typename UseCase::Answer>;
    auto promise = std::make_shared<std::promise<Answer>>();
    auto future = promise->get_future();
    workspace->submit(actor, std::move(command),
                      [promise](Answer answer) { promise->set_value(std::move(answer)); });
    return future;
  }
  template <class UseCase>
  Result<typename UseCase::Answer> run(Actor actor, UseCase command) {
    return ask(actor, std::move(command)).get();
  }
  template <class UseCase>
  typename UseCase::Answer must(Actor actor, UseCase command) {
    auto answer = run(actor, std::move(command));
    if (!answer) ADD_FAILURE() << "refused: " << answer.error().detail;
    return answer ? *std::move(answer) : typename UseCase::Answer{};
  }

  // Time passes, and what falls due by it is done.
  void pass(Duration time) {
    clock.tick(time);
    look_round();
  }
  void look_round() { must(Product{}, LookRound{}); }

  UserId person(const std::string& login) {
    return must(Operator{},
                CreatePerson{.fields = {.login = login, .display_name = login, .role = kAgentRole},
                             .password_hash = "hash"})
        .user;
  }
  SessionId session(UserId user) {
    SecretHash secret{};
    secret[0] = static_cast<std::uint8_t>(++secrets_);
    secret[1] = static_cast<std::uint8_t>(secrets_ >> 8U);
    return must(
        Product{},
        SignIn{.user = user, .verified_hash = "hash", .secret = secret, .user_agent = "test"});
  }
  ConnectionId arrives(SessionId from) {
    const ConnectionId id{++connections_};
    must(from, PersonArrived{.connection = {.id = id, .session = from, .token = {}}});
    return id;
  }
  void leaves(UserId user, ConnectionId connection) {
    must(Product{}, PersonLeft{.user = user, .connection = connection});
  }
  StatusId status(const std::string& name) {
    return must(Operator{}, CreateStatus{.fields = {.name = name, .type = StatusType::kAbsent}});
  }
  Entry entry(UserId user) const { return workspace->snapshot()->presence(user)->entry; }
  // Newest first, as "name" or "name: note".
  std::vector<OwnHistoryStep> own_history(UserId user) {
    return store.memory.own_history(user, {.before = 0, .limit = 200}).items;
  }

  Settings settings;
  std::optional<SealingKey> fresh_key;
  FakeClock clock{
      Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(9))};
  FaultyStore store;
  RememberingFeed feed;
  IcuUnicode unicode;
  IcuCalendar calendar;
  std::vector<std::string> reports;  // of the workspace thread: read them when it has stopped
  std::unique_ptr<Workspace> workspace;

 private:
  std::uint64_t secrets_ = 0;
  std::uint64_t connections_ = 0;
};

}  // namespace pastille
