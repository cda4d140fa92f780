// A few people live through random days: they arrive, leave, choose, sign out, while statuses come
// and go, administrators are demoted, the server restarts, its clock is moved and its store fails.
// After each step what the server shows is held against a model that says the rules a second time.
#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <random>

#include "app/change_own_profile.h"
#include "app/delete_status.h"
#include "app/modify_person.h"
#include "app/running_test.h"
#include "options.h"
#include "presence_model.h"

namespace pastille {
namespace {

using namespace std::chrono_literals;
using Fault = FaultyStore::Fault;

constexpr std::size_t kPeople = 6;
constexpr std::size_t kSessions = 2;  // of each
constexpr std::size_t kAdministrators = 3;
constexpr std::size_t kCustomStatuses = 3;

// Always something to store.
struct Mark {
  using Answer = bool;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const {
    draft.change(AuditAdded{AuditItem{.at = context.now.wall, .by = who.author, .action = "mark"}});
    return true;
  }
};

class Life {
 public:
  explicit Life(std::uint64_t seed) : random_(seed), model_(kPeople) {
    for (std::size_t index = 0; index < kPeople; ++index) {
      people_.push_back(running_.person("person" + std::to_string(index)));
      for (std::size_t each = 0; each < kSessions; ++each) {
        sessions_.push_back(running_.session(people_.back()));
      }
    }
    for (std::size_t index = 0; index < kAdministrators; ++index) {
      administrators_.push_back(
          running_
              .must(Operator{}, CreatePerson{.fields = {.login = "admin" + std::to_string(index),
                                                        .display_name = "Administrator",
                                                        .role = kAdministratorRole}})
              .user);
    }
    while (custom_.size() < kCustomStatuses) make_status();
    running_.look_round();
  }

  void step() {
    switch (pick(12)) {
      case 0:
      case 1:
        return arrive();
      case 2:
        return leave();
      case 3:
      case 4:
        return choose();
      case 5:
        return sign_out();
      case 6:
        return prefer();
      case 7:
        return delete_status();
      case 8:
        return change_administrator();
      case 9:
        return fail();
      case 10:
        switch (pick(8)) {
          case 0:
            return restart();
          case 1:
            return move_clock();
          default:
            return pass();
        }
      default:
        return pass();
    }
  }

  void check() {
    const auto state = running_.workspace->snapshot();
    for (std::size_t index = 0; index < kPeople; ++index) check_person(*state, index);
    EXPECT_GE(state->active_administrators, 1U);
    std::size_t shown = 0;
    state->shown.for_each([&](StatusId, std::size_t count) { shown += count; });
    EXPECT_EQ(shown, kPeople + kAdministrators);
    EXPECT_EQ(state->seq, running_.store.memory.load().seq);
  }

  void check_at_the_end() {
    std::uint64_t last = 0;
    for (const std::uint64_t seq : running_.feed.seqs()) {
      if (seq == 0) continue;
      EXPECT_EQ(seq, last + 1);
      last = seq;
    }
    for (const UserId user : people_) check_history(user);
  }

 private:
  std::size_t pick(std::size_t of) {
    return std::uniform_int_distribution<std::size_t>(0, of - 1)(random_);
  }
  std::size_t somebody() { return pick(kPeople); }
  SessionId& session_of(std::size_t index, std::size_t which) {
    return sessions_[index * kSessions + which];
  }
  Time now() const { return running_.clock.now().wall; }

  void arrive() {
    const std::size_t index = somebody();
    const std::size_t which = pick(kSessions);
    if (model_[index].connections.size() >= 4) return;
    model_.arrive(index, running_.arrives(session_of(index, which)), which, now());
  }

  void leave() {
    const std::size_t index = somebody();
    const auto& open = model_[index].connections;
    if (open.empty()) return;
    const ConnectionId gone =
        std::next(open.begin(), static_cast<std::ptrdiff_t>(pick(open.size())))->first;
    running_.leaves(people_[index], gone);
    model_.leave(index, gone, now());
  }

  SetOwnStatus a_choice(ModelShown& chosen) {
    const std::size_t which = pick(4 + custom_.size());
    chosen.status = which < 4 ? StatusId{which + 1} : custom_[which - 4];
    chosen.note = pick(3) == 0 ? "note " + std::to_string(pick(3)) : "";
    SetOwnStatus command{
        .target = {}, .status = chosen.status, .note = chosen.note, .until = UntilNever{}};
    if (pick(2) == 0) {
      chosen.until = now() + 60s * static_cast<int>(1 + pick(120));
      command.until = UntilInstant{*chosen.until};
    }
    return command;
  }

  void choose() {
    const std::size_t index = somebody();
    ModelShown chosen;
    const SetOwnStatus command = a_choice(chosen);
    running_.must(session_of(index, pick(kSessions)), command);
    model_.choose(index, chosen);
  }

  void sign_out() {
    const std::size_t index = somebody();
    const std::size_t which = pick(kSessions);
    running_.must(session_of(index, which), SignOut{});
    model_.sign_out(index, which);
    session_of(index, which) = running_.session(people_[index]);
    // The new session is another one: the grace that is left belongs to nobody's.
    for (auto& [connection, session] : model_[index].connections) {
      EXPECT_NE(session, which) << to_text(connection);
    }
    if (model_[index].grace_of == which) model_[index].grace_of.reset();
  }

  void prefer() {
    const std::size_t index = somebody();
    model_[index].wants_last = pick(2) == 0;
    running_.must(
        session_of(index, 0),
        ChangeOwnProfile{
            .expected_version = {},
            .patch = {.status_at_sign_in = model_[index].wants_last ? StatusAtSignIn::kLast
                                                                    : StatusAtSignIn::kConnected}});
  }

  void make_status() {
    custom_.push_back(running_.status("Status " + std::to_string(++statuses_made_)));
  }

  void delete_status() {
    const std::size_t which = pick(custom_.size());
    const StatusId gone = custom_[which];
    running_.must(Operator{}, DeleteStatus{.status = gone, .expected_version = {}});
    custom_.erase(custom_.begin() + static_cast<std::ptrdiff_t>(which));
    model_.remove_status(gone, system_status(StatusType::kAbsent));
    make_status();
  }

  // Refused exactly when nobody would be left.
  void change_administrator() {
    const UserId user = administrators_[pick(kAdministrators)];
    const auto before = running_.workspace->snapshot();
    const Person& person = *before->person(user);
    ModifyPerson command{.user = user, .expected_version = {}, .patch = {}};
    if (pick(2) == 0) {
      command.patch.role = person.role == kAdministratorRole ? kAgentRole : kAdministratorRole;
    } else {
      command.patch.active = !person.active;
    }
    const bool counts = person.active && person.role == kAdministratorRole;
    const auto answer = running_.run(Operator{}, std::move(command));
    EXPECT_EQ(answer.has_value(), !(counts && before->active_administrators == 1));
    if (!answer) {
      EXPECT_EQ(answer.error().problem, Problem::kLastAdministrator);
    }
  }

  // One choice meets a store that fails: what was refused did not happen, what was not did.
  void fail() {
    static constexpr std::array kFaults = {Fault::kNotCommitted, Fault::kUnknownThere,
                                           Fault::kUnknownNotThere, Fault::kThrows,
                                           Fault::kOtherWriter};
    running_.store.strike({kFaults[pick(kFaults.size())]});
    const std::size_t index = somebody();
    ModelShown chosen;
    const SetOwnStatus command = a_choice(chosen);
    if (running_.run(session_of(index, 0), command)) model_.choose(index, chosen);
    running_.run(Operator{}, Mark{});   // takes the fault when the choice changed nothing
    running_.must(Operator{}, Mark{});  // the store works again
    EXPECT_FALSE(running_.workspace->stale());
  }

  void pass() {
    static constexpr std::array<Duration, 6> kSteps = {1ms, 1s, 29s, 30s, 5min, 1h};
    running_.pass(kSteps[pick(kSteps.size())]);
    model_.pass(now());
  }

  void restart() {
    const Time stopped = now();
    running_.stop();
    running_.clock.tick(std::chrono::minutes(pick(120)));
    if (pick(3) == 0) running_.clock.set_wall(now() + a_jump());
    running_.start();
    running_.look_round();
    model_.restart(stopped, now());
  }

  Duration a_jump() {
    static constexpr std::array<Duration, 4> kJumps = {1h, -1h, std::chrono::days(90),
                                                       -std::chrono::days(90)};
    return kJumps[pick(kJumps.size())];
  }

  // Nobody is wrongly Offline for it, and nobody stays for ever.
  void move_clock() {
    const Duration by = a_jump();
    running_.clock.set_wall(now() + by);
    running_.look_round();
    model_.move_clock(by, now());
  }

  void check_person(const Organisation& state, std::size_t index) {
    const ModelPerson& expected = model_[index];
    const Presence& presence = *state.presence(people_[index]);
    EXPECT_EQ(presence.entry.offline(), !expected.online());
    EXPECT_EQ(presence.connections.size(), expected.connections.size());
    EXPECT_EQ(presence.grace_ends.has_value(), expected.grace_ends.has_value());
    EXPECT_EQ(presence.last_chosen, expected.last_chosen);
    EXPECT_LE(presence.entry.rev, state.seq);
    check_shown(presence, expected);
    check_cause(presence.entry, index);
    check_since(presence.entry, index);
  }

  // An event and a row exactly when the model knows a cause. Where two causes came in one step, as
  // an `until` and the end of a grace, the later may have taken the other's place.
  void check_cause(const Entry& entry, std::size_t index) {
    Caused& before = caused_[index];
    const auto newest =
        running_.store.memory.own_history(people_[index], {.before = 0, .limit = 2});
    const std::size_t rows = newest.total;
    const Caused after{
        .moves = model_[index].moves, .steps = model_[index].steps, .rows = rows, .rev = entry.rev};
    EXPECT_EQ(after.rev > before.rev, after.moves > before.moves);
    EXPECT_EQ(after.rows > before.rows, after.steps > before.steps);
    EXPECT_LE(after.rows - before.rows, after.steps - before.steps);
    // As of then; but no step begins before the one that it follows.
    if (after.steps > before.steps && entry.offline() && model_[index].away_since) {
      const Time at_most = newest.items.size() > 1
                               ? std::max(*model_[index].away_since, newest.items[1].item.at)
                               : *model_[index].away_since;
      EXPECT_LE(newest.items.front().item.at, at_most);
    }
    before = after;
  }

  static void check_shown(const Presence& presence, const ModelPerson& expected) {
    ASSERT_EQ(presence.entry.offline(), !expected.shown);
    if (expected.shown) {
      EXPECT_EQ(presence.entry.status, expected.shown->status);
      EXPECT_EQ(presence.entry.note, expected.shown->note);
      EXPECT_EQ(presence.entry.until, expected.shown->until);
    }
    ASSERT_EQ(presence.pending.has_value(), expected.pending.has_value());
    if (expected.pending) {
      EXPECT_EQ(presence.pending->status, expected.pending->status);
      EXPECT_EQ(presence.pending->until, expected.pending->until);
    }
  }

  // It moves when the status changes, not otherwise while one is there, and never back.
  void check_since(const Entry& entry, std::size_t index) {
    const auto before = last_.find(index);
    if (before != last_.end() && !before->second.offline() && !entry.offline()) {
      EXPECT_GE(*entry.since, *before->second.since);
      if (before->second.rev == entry.rev) {
        EXPECT_EQ(entry, before->second);
      }
    }
    last_.insert_or_assign(index, entry);
  }

  // Each step ends where the next begins, and the present one is what is shown.
  void check_history(UserId user) {
    const auto page = running_.store.memory.own_history(user, {.before = 0, .limit = 100'000});
    ASSERT_EQ(page.total, page.items.size());
    if (page.items.empty()) return;
    EXPECT_FALSE(page.items.front().to);
    EXPECT_EQ(page.items.front().item.status, running_.entry(user).status);
    EXPECT_EQ(page.items.front().item.note, running_.entry(user).note);
    for (std::size_t index = 1; index < page.items.size(); ++index) {
      const OwnHistoryStep& step = page.items[index];
      EXPECT_EQ(step.to, page.items[index - 1].item.at);
      EXPECT_LE(step.item.at, *step.to);
    }
  }

  struct Caused {
    std::size_t moves = 0;
    std::size_t steps = 0;
    std::size_t rows = 0;
    std::uint64_t rev = 0;
  };

  // Sessions and histories outlive the days that are simulated.
  Running running_{Settings{.own_history_kept = std::chrono::days(100'000),
                            .session_idle = std::chrono::hours(1'000'000),
                            .session_absolute = std::chrono::hours(1'000'000)}};
  std::mt19937_64 random_;
  PresenceModel model_;
  std::vector<UserId> people_;
  std::vector<SessionId> sessions_;
  std::vector<UserId> administrators_;
  std::vector<StatusId> custom_;
  std::map<std::size_t, Entry> last_;
  std::array<Caused, kPeople> caused_{};
  int statuses_made_ = 0;
};

TEST(LifeSimulation, ShowsWhatTheModelSaysAfterEveryStep) {
  const SimulationOptions& options = simulation_options();
  for (int run = 0; run < options.runs; ++run) {
    const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(run);
    SCOPED_TRACE("--runs=1 --seed=" + std::to_string(seed) +
                 " --steps=" + std::to_string(options.steps));
    std::cout << "seed " << seed << '\n';
    Life life(seed);
    for (int step = 0; step < options.steps; ++step) {
      SCOPED_TRACE("step " + std::to_string(step));
      life.step();
      life.check();
      if (testing::Test::HasFailure()) return;
    }
    life.check_at_the_end();
  }
}

}  // namespace
}  // namespace pastille
