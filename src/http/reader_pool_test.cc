#include "http/reader_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "core/limits.h"

namespace pastille::http {
namespace {

// A pool of one thread, which waits to be let go.
class ReaderPoolTest : public testing::Test {
 protected:
  ReaderPoolTest() {
    std::promise<void> begun;
    std::move_only_function<void()> hold = [this, &begun] {
      begun.set_value();
      let_go_.get_future().wait();
    };
    EXPECT_TRUE(pool_.run(hold));
    begun.get_future().wait();
  }
  bool count_one() {
    std::move_only_function<void()> count = [this] { ++counted_; };
    return pool_.run(count);
  }

  std::promise<void> let_go_;
  std::atomic<int> counted_ = 0;
  ReaderPool pool_{1};
};

TEST_F(ReaderPoolTest, ATaskMoreThanTheQueueHoldsIsNotTaken) {
  for (std::size_t i = 1; i < limits::kReadsWaiting; ++i) ASSERT_TRUE(count_one());
  std::promise<void> done;
  std::move_only_function<void()> last = [&] { done.set_value(); };
  EXPECT_TRUE(pool_.run(last));
  EXPECT_FALSE(count_one());
  let_go_.set_value();
  done.get_future().wait();
  EXPECT_EQ(counted_, static_cast<int>(limits::kReadsWaiting) - 1);
}

}  // namespace
}  // namespace pastille::http
