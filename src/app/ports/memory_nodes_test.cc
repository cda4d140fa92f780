#include "app/ports/memory_nodes.h"

#include "app/ports/nodes_contract.h"
#include "app/ports/store_contract.h"

namespace pastille {
namespace {

class MemoryNodesFixture {
 public:
  using Node = MemoryNode;
  std::unique_ptr<Node> node() { return std::make_unique<Node>(nodes_); }
  void become_another() { nodes_.become_another(); }

 private:
  FakeClock clock_{Time(Duration(1'795'000'000'000))};
  MemoryNodes nodes_{clock_};
};

class MemoryNodeFixture {
 public:
  MemoryNodeFixture() { node_.join(); }
  Store& store() { return node_; }
  Archive& archive() { return nodes_.store(); }
  void reopen() { node_.join(); }

 private:
  FakeClock clock_{Time(Duration(1'795'000'000'000))};
  MemoryNodes nodes_{clock_};
  MemoryNode node_{nodes_};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, NodesContract, MemoryNodesFixture);
INSTANTIATE_TYPED_TEST_SUITE_P(MemoryNode, StoreContract, MemoryNodeFixture);

}  // namespace
}  // namespace pastille
