// A fault of one command refuses that command, and nobody else's.
#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <stdexcept>

#include "app/running_test.h"

namespace pastille {
namespace {

struct NumberedTeam {
  using Answer = std::uint64_t;
  std::uint64_t number;
  Result<Answer> decide(Draft& draft, const Acting&, const Context&) const {
    const std::string name = "Team " + std::to_string(number);
    draft.change(TeamPut{Team{.id = TeamId{number}, .name = {.text = name, .folded = name}}});
    return number;
  }
};

template <class Thrown>
struct Break {
  using Answer = bool;
  Result<bool> decide(Draft& draft, const Acting&, const Context&) const {
    draft.change(TeamPut{Team{.id = TeamId{99}, .name = {.text = "Half", .folded = "half"}}});
    draft.change(
        AuditAdded{AuditItem{.action = "half", .target = {}, .problem = Problem::kInvalid}});
    throw Thrown();
  }
};
struct OfIcu : std::runtime_error {
  OfIcu() : std::runtime_error("U_ILLEGAL_ARGUMENT_ERROR") {}
};

template <class Answer>
Refusal refusal_of(std::future<Result<Answer>> asked) {
  const Result<Answer> answer = asked.get();
  if (answer) ADD_FAILURE() << "not refused";
  return answer ? Refusal{} : answer.error();
}

class OneFaultInABatch : public testing::Test {
 protected:
  // What is asked from here on waits for one commit, and comes in one batch.
  void gather() {
    running.store.hold();
    first_ = running.ask(Operator{}, NumberedTeam{1});
    running.store.await_commit();
  }
  std::future<Result<std::uint64_t>> put(std::uint64_t number) {
    return running.ask(Operator{}, NumberedTeam{number});
  }
  void go_on() {
    running.store.release();
    EXPECT_TRUE(first_.get());
  }
  std::vector<std::string> teams() {
    std::vector<std::string> names;
    running.workspace->snapshot()->teams.for_each(
        [&](TeamId, const Box<Team>& team) { names.push_back(team->name.text); });
    return names;
  }
  // As it is after a restart.
  std::size_t stored_teams() { return running.store.load().teams.size(); }
  static bool has_team(const Event& event, std::uint64_t number) {
    return std::ranges::any_of(event.changes, [&](const Change& change) {
      const auto* put = std::get_if<TeamPut>(&change);
      return put != nullptr && put->team.id.number == number;
    });
  }

  Running running;
  std::future<Result<std::uint64_t>> first_;
};

TEST_F(OneFaultInABatch, IsAnsweredWith500WhenARuleThrowsAndTheOthersAreCommitted) {
  gather();
  auto before = put(2);
  auto broken = running.ask(Operator{}, Break<OfIcu>{});
  auto out_of_memory = running.ask(Operator{}, Break<std::bad_alloc>{});
  auto after = put(3);
  go_on();
  EXPECT_EQ(before.get().value(), 2U);
  EXPECT_EQ(after.get().value(), 3U);
  const Refusal refusal = refusal_of(std::move(broken));
  EXPECT_EQ(refusal.problem, Problem::kInternal);
  EXPECT_EQ(refusal.cause, "U_ILLEGAL_ARGUMENT_ERROR");
  EXPECT_EQ(refusal_of(std::move(out_of_memory)).problem, Problem::kInternal);
  EXPECT_EQ(teams(), (std::vector<std::string>{"Team 1", "Team 2", "Team 3"}));
  EXPECT_EQ(stored_teams(), 3U);
  EXPECT_FALSE(running.workspace->stale());
  EXPECT_TRUE(running.feed.said().empty());
  EXPECT_TRUE(running.store.memory.audit({}).items.empty()) << "nothing of what broke stays";
}

TEST_F(OneFaultInABatch, IsAnsweredWith422WhenItsValuesCannotBeStoredAndTheOthersAreCommitted) {
  running.store.unstorable = [](const Event& event) {
    return has_team(event, 5) || has_team(event, 8) ? std::optional(pastille::Fault::kValue)
                                                    : std::nullopt;
  };
  gather();
  std::vector<std::future<Result<std::uint64_t>>> asked;
  for (std::uint64_t number = 2; number <= 10; ++number) asked.push_back(put(number));
  go_on();
  for (std::uint64_t number = 2; number <= 10; ++number) {
    auto& one = asked[number - 2];
    if (number == 5 || number == 8) {
      EXPECT_EQ(refusal_of(std::move(one)).problem, Problem::kInvalid);
    } else {
      EXPECT_EQ(one.get().value(), number);
    }
  }
  EXPECT_EQ(stored_teams(), 8U);
  EXPECT_EQ(teams().size(), 8U);
  EXPECT_FALSE(running.workspace->stale());
  EXPECT_TRUE(running.feed.said().empty());
}

TEST_F(OneFaultInABatch, IsAnsweredWith500WhenItsRowsContradictOthers) {
  running.store.unstorable = [](const Event& event) {
    return has_team(event, 2) ? std::optional(pastille::Fault::kContradiction) : std::nullopt;
  };
  const Refusal refusal = refusal_of(put(2));
  EXPECT_EQ(refusal.problem, Problem::kInternal);
  EXPECT_EQ(refusal.cause, "no place for it");
  EXPECT_FALSE(running.workspace->stale());
  EXPECT_EQ(put(3).get().value(), 3U);
}

TEST_F(OneFaultInABatch, IsRefusedWhileTheStoreIsLostToo) {
  running.store.set_broken(true);
  EXPECT_EQ(refusal_of(put(2)).problem, Problem::kUnavailable);
  EXPECT_EQ(refusal_of(running.ask(Operator{}, Break<OfIcu>{})).problem, Problem::kInternal);
  running.store.set_broken(false);
  running.pass(std::chrono::seconds(1));
  EXPECT_EQ(running.feed.said(), (std::vector<std::string>{"stale", "fresh"}));
}

}  // namespace
}  // namespace pastille
