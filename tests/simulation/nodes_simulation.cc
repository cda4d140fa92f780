// Three nodes on one store live through random days: people come and go at any of them and choose,
// while nodes are cut off and mended, killed, stopped and started, answers of the store are lost,
// and the store becomes another one. Whenever all is mended, every node shows the same, all that
// was acknowledged is there, nothing that was refused is, and who is connected somewhere is there.
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "app/create_team.h"
#include "app/nodes_stage_test.h"
#include "options.h"

namespace pastille {
namespace {

using std::chrono::seconds;

constexpr std::size_t kNodes = 3;
constexpr std::size_t kPeopleOfNodes = 5;

class Days {
 public:
  explicit Days(std::uint64_t seed) : random_(seed), stage_(kNodes) {
    for (std::size_t index = 0; index < kPeopleOfNodes; ++index) {
      people_.push_back(stage_.person("person" + std::to_string(index)));
      sessions_.push_back(stage_.session(people_.back()));
    }
  }

  void step() {
    switch (pick(14)) {
      case 0:
      case 1:
      case 2:
        return arrive();
      case 3:
      case 4:
        return leave();
      case 5:
      case 6:
        return choose();
      case 7:
      case 8:
        return make_team();
      case 9:
        return stage_[pick(kNodes)].store.cut(pick(2) == 0);
      case 10:
        return end_or_start(stage_[pick(kNodes)]);
      case 11:
        if (pick(4) == 0) stage_.world.become_another();
        return stage_[pick(kNodes)].store.lose_answer();
      default:
        return stage_.pass(seconds(1 + pick(15)));
    }
  }

  void mend_and_check() {
    for (std::size_t i = 0; i < kNodes; ++i) {
      stage_[i].store.cut(false);
      if (!stage_[i].workspace) stage_.start(stage_[i]);
    }
    stage_.pass(seconds(5));
    const auto first = stage_[0].workspace->snapshot();
    for (std::size_t i = 0; i < kNodes; ++i) {
      const auto state = stage_[i].workspace->snapshot();
      EXPECT_FALSE(stage_[i].workspace->stale());
      EXPECT_EQ(state->seq, first->seq);
      EXPECT_EQ(state->epochs, first->epochs);
      check_teams(*state);
      for (const UserId user : people_) {
        EXPECT_EQ(state->presence(user)->entry, first->presence(user)->entry);
      }
    }
    stage_.pass(seconds(60));  // of whoever has gone the lease and the grace are over
    for (std::size_t i = 0; i < kNodes; ++i) check_presence(*stage_[i].workspace->snapshot());
  }

 private:
  std::size_t pick(std::size_t of) {
    return std::uniform_int_distribution<std::size_t>(0, of - 1)(random_);
  }
  NodesStage::Node* running_node() {
    NodesStage::Node& node = stage_[pick(kNodes)];
    return node.workspace ? &node : nullptr;
  }

  void arrive() {
    NodesStage::Node* node = running_node();
    if (node == nullptr) return;
    const std::size_t who = pick(kPeopleOfNodes);
    const Connection connection{
        .id = ConnectionId{++last_connection_}, .session = sessions_[who], .token = {}};
    const NodeId under = node->workspace->node();
    if (!stage_.run(*node, sessions_[who], PersonArrived{connection})) return;
    // Where it began anew meanwhile, who was connected has been sent away.
    if (node->workspace->node() != under) return;
    open_.insert_or_assign(connection.id, Open{node, under, people_[who]});
  }
  void leave() {
    if (open_.empty()) return;
    const auto left = std::next(open_.begin(), static_cast<std::ptrdiff_t>(pick(open_.size())));
    const auto [id, at] = *left;
    open_.erase(left);
    if (is_open(at)) {
      stage_.run(*at.node, Product{}, PersonLeft{.user = at.user, .connection = id});
    }
  }
  void choose() {
    if (NodesStage::Node* node = running_node()) {
      const StatusType type = pick(2) == 0 ? StatusType::kBusy : StatusType::kAbsent;
      stage_.run(*node, sessions_[pick(kPeopleOfNodes)],
                 SetOwnStatus{.target = {},
                              .status = system_status(type),
                              .note = "note",
                              .until = UntilFor{seconds(60 + pick(100))}});
    }
  }
  void make_team() {
    NodesStage::Node* node = running_node();
    if (node == nullptr) return;
    const std::string name = "team " + std::to_string(++last_team_);
    const bool made = stage_.run(*node, Operator{}, CreateTeam{.name = name}).has_value();
    (made ? acknowledged_ : refused_).insert(name);
  }
  void end_or_start(NodesStage::Node& node) {
    if (!node.workspace) {
      node.store.cut(false);
      return stage_.start(node);
    }
    if (pick(2) == 0) node.store.cut(true);  // as kill -9: it tells nobody
    node.workspace.reset();
  }

  struct Open {
    NodesStage::Node* node;
    NodeId under;
    UserId user;
  };
  static bool is_open(const Open& at) {
    return at.node->workspace && at.node->workspace->node() == at.under;
  }

  void check_teams(const Organisation& state) const {
    std::set<std::string> there;
    state.teams.for_each([&](TeamId, const Box<Team>& team) { there.insert(team->name.text); });
    EXPECT_EQ(there, acknowledged_);
    for (const std::string& name : refused_) EXPECT_FALSE(there.contains(name)) << name;
  }
  void check_presence(const Organisation& state) {
    std::map<UserId, std::size_t> connections;
    for (const auto& [id, at] : open_) {
      if (is_open(at)) ++connections[at.user];
    }
    for (const UserId user : people_) {
      const Presence& presence = *state.presence(user);
      EXPECT_EQ(presence.connections.size(), connections[user]) << to_text(user);
      EXPECT_EQ(presence.entry.offline(), connections[user] == 0) << to_text(user);
    }
  }

  std::mt19937_64 random_;
  NodesStage stage_;
  std::vector<UserId> people_;
  std::vector<SessionId> sessions_;
  std::map<ConnectionId, Open> open_;
  std::set<std::string> acknowledged_, refused_;
  std::uint64_t last_connection_ = 1'000;
  int last_team_ = 0;
};

TEST(NodesSimulation, ShowsTheSameOnAllNodesWhenAllIsMended) {
  const SimulationOptions& options = simulation_options();
  const int days = std::max(1, options.steps / 100);
  const int runs = std::max(1, options.runs / 5);
  for (int run = 0; run < runs && !testing::Test::HasFailure(); ++run) {
    const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(run);
    SCOPED_TRACE("--seed=" + std::to_string(seed));
    Days life(seed);
    for (int day = 0; day < days && !testing::Test::HasFailure(); ++day) {
      for (int step = 0; step < 25; ++step) life.step();
      life.mend_and_check();
    }
  }
  if (testing::Test::HasFailure()) std::cout << "seed " << options.seed << '\n';
}

}  // namespace
}  // namespace pastille
