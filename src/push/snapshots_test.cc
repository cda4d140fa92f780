#include "push/snapshots.h"

#include <gtest/gtest.h>

#include <future>

namespace pastille::push {
namespace {

std::shared_ptr<const Organisation> state_at(std::uint64_t seq) {
  Organisation organisation;
  organisation.seq = seq;
  return std::make_shared<const Organisation>(std::move(organisation));
}

// On which thread then() was called.
std::thread::id made(Snapshots& snapshots, std::uint64_t seq, Snapshots::Generation generation) {
  std::promise<std::thread::id> there;
  snapshots.make(state_at(seq), generation, [&] { there.set_value(std::this_thread::get_id()); });
  return there.get_future().get();
}

TEST(Snapshots, AreMadeOnAThreadOfTheirOwn) {
  Figures figures;
  Snapshots snapshots(figures);
  EXPECT_EQ(snapshots.last(0), nullptr);
  EXPECT_NE(made(snapshots, 7, 0), std::this_thread::get_id());
  ASSERT_NE(snapshots.last(0), nullptr);
  EXPECT_EQ(snapshots.last(0)->seq, 7U);
}

TEST(Snapshots, AreMadeOnceForAllWhoAskMeanwhileAndOfTheNewestState) {
  Figures figures;
  Snapshots snapshots(figures);
  made(snapshots, 1, 0);  // the next one waits a moment
  std::vector<std::future<void>> there;
  for (const std::uint64_t seq : {3, 5, 4}) {
    auto promise = std::make_shared<std::promise<void>>();
    there.push_back(promise->get_future());
    snapshots.make(state_at(seq), 0, [promise] { promise->set_value(); });
  }
  for (auto& each : there) each.get();
  EXPECT_EQ(snapshots.last(0)->seq, 5U);
  EXPECT_EQ(figures.frames_encoded, 2U);
}

TEST(Snapshots, OfAStateThatMayNotBeSoAreForgotten) {
  Figures figures;
  Snapshots snapshots(figures);
  made(snapshots, 9, 0);
  const Snapshots::Generation next = snapshots.forget();
  EXPECT_EQ(snapshots.last(next), nullptr);
  EXPECT_EQ(snapshots.last(0), nullptr);
  made(snapshots, 9, 0);  // asked by who has not heard of it yet
  EXPECT_EQ(snapshots.last(next), nullptr);
  made(snapshots, 8, next);
  EXPECT_EQ(snapshots.last(next)->seq, 8U);
}

}  // namespace
}  // namespace pastille::push
