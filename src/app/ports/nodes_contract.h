// What every store of several nodes promises, as tests that each implementation runs on itself:
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, NodesContract, MemoryNodesFixture);
// A fixture has become_another(), and Node: a Store and Nodes on the same data.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/nodes.h"
#include "app/ports/store.h"

namespace pastille {

template <class Fixture>
class NodesContract : public ::testing::Test {
 protected:
  using Node = typename Fixture::Node;

  NodesContract() : first_(fixture_.node()), second_(fixture_.node()) {
    first_id_ = first_->join();
    second_id_ = second_->join();
  }

  Batch batch(std::vector<Change> changes) {
    ++batches_;
    Batch made{.id = {static_cast<std::uint8_t>(batches_)}, .expected_seq = seq_, .events = {}};
    made.events.push_back(Event{.seq = seq_ + 1, .at = kStart, .changes = std::move(changes)});
    return made;
  }
  static Change team(std::uint64_t id) {
    Team team{.id = TeamId{id}};
    team.name = {.text = "Team " + std::to_string(id), .folded = "team " + std::to_string(id)};
    return TeamPut{team};
  }
  void commit(Node& by, std::vector<Change> changes) {
    ASSERT_TRUE(std::holds_alternative<Committed>(by.commit(batch(std::move(changes)))));
    ++seq_;
  }
  // Anna, and what she needs.
  void found() {
    Role role{.id = RoleId{1}};
    role.name = {.text = "Agent", .folded = "agent"};
    Person anna{.id = kAnna};
    anna.login = anna.display_name = {.text = "anna", .folded = "anna"};
    anna.role = role.id;
    commit(*first_, {RolePut{role}, PersonPut{anna}});
  }
  std::vector<Connection> connections(Node& node) {
    return node.load().presence(kAnna)->connections;
  }

  static constexpr Time kStart{Duration(1'795'000'000'000)};
  static constexpr UserId kAnna{1};
  Fixture fixture_;
  std::unique_ptr<Node> first_, second_;
  NodeId first_id_, second_id_;
  std::uint64_t seq_ = 0;
  int batches_ = 0;
};

TYPED_TEST_SUITE_P(NodesContract);

TYPED_TEST_P(NodesContract, GivesEachWhoJoinsANumberThatNobodyHad) {
  EXPECT_NE(this->first_id_, this->second_id_);
  const NodeId again = this->first_->join();
  EXPECT_GT(again, this->second_id_);
}

TYPED_TEST_P(NodesContract, ShowsEachWhatTheOtherHasCommitted) {
  this->commit(*this->first_, {this->team(1)});
  this->commit(*this->first_, {this->team(2)});
  const Seen seen = this->second_->look(1);
  ASSERT_TRUE(seen.held);
  ASSERT_TRUE(seen.missed);
  ASSERT_EQ(seen.missed->size(), 1U);
  EXPECT_EQ(seen.missed->at(0).seq, 2U);
  EXPECT_TRUE(this->second_->look(2).missed->empty());
}

TYPED_TEST_P(NodesContract, RefusesWhoWasSlowerWithWhatTheyMissed) {
  this->commit(*this->first_, {this->team(1)});
  this->seq_ = 0;
  const CommitResult result = this->second_->commit(this->batch({this->team(2)}));
  const auto* moved = std::get_if<MovedOn>(&result);
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(moved->missed.size(), 1U);
}

TYPED_TEST_P(NodesContract, LetsWhoHoldsTheOthersUpCommit) {
  this->second_->hold();
  EXPECT_TRUE(this->second_->look(0).held);
  this->commit(*this->second_, {this->team(1)});
  this->second_->hold();
  this->second_->release();
  this->commit(*this->first_, {this->team(2)});
}

TYPED_TEST_P(NodesContract, LetsNobodyWriteWhoWasTakenForDead) {
  this->commit(*this->first_, {this->team(1)});
  this->commit(*this->second_, {NodeDropped{this->first_id_}});
  EXPECT_TRUE(
      std::holds_alternative<LookAgain>(this->first_->commit(this->batch({this->team(2)}))));
  EXPECT_FALSE(this->first_->look(this->seq_).held);
  EXPECT_TRUE(
      std::holds_alternative<LookAgain>(this->first_->commit(this->batch({this->team(2)}))));
  const NodeId again = this->first_->join();
  EXPECT_NE(again, this->first_id_);
  EXPECT_TRUE(this->first_->look(this->seq_).held);
  this->commit(*this->first_, {this->team(2)});
}

TYPED_TEST_P(NodesContract, KeepsWhoIsConnectedAtWhichNode) {
  this->found();
  const Connection here{
      .id = ConnectionId{7}, .node = this->first_id_, .session = SessionId{3}, .token = {}};
  const Connection there{
      .id = ConnectionId{7}, .node = this->second_id_, .session = {}, .token = TokenId{4}};
  const ConnectionOpened opened{this->kAnna, here};
  this->commit(*this->first_, {opened, ConnectionOpened{this->kAnna, there}});
  this->commit(*this->first_, {opened});  // told again
  EXPECT_EQ(this->connections(*this->second_), (std::vector<Connection>{here, there}));
  const Seen seen = this->second_->look(1);
  ASSERT_TRUE(seen.missed);
  const auto& change = std::get<ConnectionOpened>(seen.missed->at(0).changes.at(1));
  EXPECT_EQ(change.connection, there);
  this->commit(*this->second_, {ConnectionClosed{this->kAnna, there.id, there.node}});
  EXPECT_EQ(this->connections(*this->second_), std::vector<Connection>{here});
}

TYPED_TEST_P(NodesContract, KnowsTheOthersAndSinceWhenTheyAreSilent) {
  const Seen seen = this->first_->look(0);
  ASSERT_TRUE(seen.others);
  ASSERT_EQ(seen.others->size(), 1U);
  EXPECT_EQ(seen.others->at(0).id, this->second_id_);
}

TYPED_TEST_P(NodesContract, BeginsAnEpochWhereTheStoreIsAnotherOne) {
  this->commit(*this->first_, {this->team(1)});
  const auto before = this->first_->look(1).epochs;
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before[0].first_seq, 1U);
  this->fixture_.become_another();
  EXPECT_TRUE(
      std::holds_alternative<LookAgain>(this->first_->commit(this->batch({this->team(2)}))));
  const Seen seen = this->first_->look(1);
  ASSERT_TRUE(seen.held);
  ASSERT_EQ(seen.epochs.size(), 2U);
  EXPECT_EQ(seen.epochs[0], before[0]);
  EXPECT_EQ(seen.epochs[1].first_seq, 2U);
  this->commit(*this->first_, {this->team(2)});
  // The other one comes later, and begins none.
  EXPECT_TRUE(
      std::holds_alternative<LookAgain>(this->second_->commit(this->batch({this->team(3)}))));
  EXPECT_EQ(this->second_->look(1).epochs, seen.epochs);
}

REGISTER_TYPED_TEST_SUITE_P(NodesContract, GivesEachWhoJoinsANumberThatNobodyHad,
                            ShowsEachWhatTheOtherHasCommitted,
                            RefusesWhoWasSlowerWithWhatTheyMissed, LetsWhoHoldsTheOthersUpCommit,
                            LetsNobodyWriteWhoWasTakenForDead, KeepsWhoIsConnectedAtWhichNode,
                            KnowsTheOthersAndSinceWhenTheyAreSilent,
                            BeginsAnEpochWhereTheStoreIsAnotherOne);

}  // namespace pastille
