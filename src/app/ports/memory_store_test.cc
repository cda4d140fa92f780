#include "app/ports/memory_store.h"

#include "app/ports/store_contract.h"

namespace pastille {
namespace {

class MemoryFixture {
 public:
  Store& store() { return store_; }
  Archive& archive() { return store_; }
  void reopen() {}  // its process is its life

 private:
  MemoryStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, StoreContract, MemoryFixture);

}  // namespace
}  // namespace pastille
