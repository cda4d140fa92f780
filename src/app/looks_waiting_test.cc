// How many requests wait for one look of a node at what the others have committed.
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "app/nodes_stage_test.h"
#include "core/limits.h"

namespace pastille {
namespace {

// Keeps the writer from everything else until it is let go.
struct BusyWriter {
  using Answer = bool;
  std::promise<void>& begun;
  std::shared_future<void> until;
  Result<bool> decide(Draft&, const Acting&, const Context&) const {
    begun.set_value();
    until.wait();
    return true;
  }
};

TEST(Looks, AreWaitedForByManyAndTheNextIsAnsweredWithoutOne) {
  NodesStage stage;
  std::promise<void> begun;
  std::promise<void> let_go;
  auto busy = stage.ask(stage[0], Product{}, BusyWriter{begun, let_go.get_future().share()});
  begun.get_future().wait();
  std::atomic<std::size_t> looked = 0;
  for (std::size_t i = 0; i < limits::kLooksWaiting; ++i) {
    stage[0].workspace->look_then([&] { ++looked; });
  }
  EXPECT_EQ(looked, 0U);
  bool at_once = false;
  stage[0].workspace->look_then([&] { at_once = true; });
  EXPECT_TRUE(at_once);
  EXPECT_EQ(looked, 0U);
  let_go.set_value();
  EXPECT_TRUE(busy.get());
  stage.look(stage[0]);
  EXPECT_EQ(looked, limits::kLooksWaiting);
}

}  // namespace
}  // namespace pastille
