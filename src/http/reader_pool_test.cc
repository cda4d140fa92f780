#include "http/reader_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

#include "core/limits.h"

namespace pastille::http {
namespace {

constexpr UserId kAnna{1};
constexpr UserId kBo{2};

// A pool of one thread, which waits to be let go.
class ReaderPoolTest : public testing::Test {
 protected:
  ReaderPoolTest() {
    std::promise<void> begun;
    ReaderPool::Task hold = [this, &begun] {
      begun.set_value();
      let_go_.get_future().wait();
    };
    EXPECT_TRUE(pool_.run(UserId{999'999}, hold));
    begun.get_future().wait();
  }
  std::expected<void, ReaderPool::Full> add(UserId user, char name = '.') {
    ReaderPool::Task task = [this, name] { done_ += name; };
    return pool_.run(user, task);
  }
  // What was done, in its order, once all that was given is over: `busiest` has the last turn.
  std::string all_done(UserId busiest) {
    std::promise<void> over;
    ReaderPool::Task last = [&] { over.set_value(); };
    EXPECT_TRUE(pool_.run(busiest, last));
    let_go_.set_value();
    over.get_future().wait();
    pool_.stop();
    return done_;
  }

  std::promise<void> let_go_;
  std::string done_;  // by the one thread
  ReaderPool pool_{1};
};

TEST_F(ReaderPoolTest, ATaskMoreThanTheQueueHoldsIsNotTaken) {
  for (std::size_t i = 1; i < limits::kReadsWaiting; ++i) ASSERT_TRUE(add(UserId{i}));
  EXPECT_TRUE(add(UserId{limits::kReadsWaiting}));
  EXPECT_EQ(add(UserId{limits::kReadsWaiting + 1}).error(), ReaderPool::Full::kAll);
  let_go_.set_value();
}

TEST_F(ReaderPoolTest, ATaskMoreThanAPersonMayHaveWaitIsNotTakenAndThoseOfOthersAre) {
  for (std::size_t i = 0; i < limits::kReadsPerPerson; ++i) ASSERT_TRUE(add(kAnna));
  EXPECT_EQ(add(kAnna).error(), ReaderPool::Full::kPerson);
  EXPECT_TRUE(add(kBo));
  let_go_.set_value();
}

TEST_F(ReaderPoolTest, PeopleTakeTurns) {
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(add(kAnna, 'a'));
  ASSERT_TRUE(add(kBo, 'b'));
  ASSERT_TRUE(add(kBo, 'b'));
  EXPECT_EQ(all_done(kAnna), "ababaa");
}

TEST(AReaderPoolOfTwo, HasOneTaskOfAPersonAtATime) {
  ReaderPool pool(2);
  std::promise<void> begun;
  std::promise<void> let_go;
  std::atomic<int> of_anna = 0;
  ReaderPool::Task hold = [&] {
    ++of_anna;
    begun.set_value();
    let_go.get_future().wait();
  };
  ASSERT_TRUE(pool.run(kAnna, hold));
  begun.get_future().wait();
  ReaderPool::Task next = [&] { ++of_anna; };
  ASSERT_TRUE(pool.run(kAnna, next));
  std::promise<void> bo_done;
  ReaderPool::Task other = [&] { bo_done.set_value(); };
  ASSERT_TRUE(pool.run(kBo, other));
  bo_done.get_future().wait();
  EXPECT_EQ(of_anna, 1);
  let_go.set_value();
}

TEST_F(ReaderPoolTest, TakesNothingOnceItStopsAndDropsWhatWaits) {
  auto held = std::make_shared<int>();
  ReaderPool::Task waits = [held] {};
  ASSERT_TRUE(pool_.run(kAnna, waits));
  let_go_.set_value();
  pool_.stop();
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_FALSE(add(kBo));
}

}  // namespace
}  // namespace pastille::http
