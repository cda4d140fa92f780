#include "server/heard_sign_ins.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "auth/sign_in_throttle.h"

namespace pastille::server {
namespace {

constexpr NodeId kSelf{2};
constexpr NodeId kOther{3};

class CountingFeed final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication>) override { ++publications; }
  void stale(Time) override { said += "stale "; }
  void fresh() override { said += "fresh "; }
  void begun_anew(std::shared_ptr<const Organisation>) override { said += "anew "; }
  int publications = 0;
  std::string said;
};

class HeardSignInsTest : public ::testing::Test {
 protected:
  void hear(NodeId node, bool right, int times = 1) {
    std::vector<Event> events;
    for (int each = 0; each < times; ++each) {
      events.push_back(
          {.seq = 7,
           .at = {},
           .changes = {
               TeamDropped{},
               SignInTried{.node = node, .login = "anna", .remote = "::1", .right = right}}});
    }
    heard_.publish(std::make_shared<const Publication>(
        Publication{.after = nullptr, .events = std::move(events), .node = kSelf}));
  }
  bool waits() { return throttle_.wait("anna", "::1", false, clock_.now().steady).has_value(); }

  CountingFeed next_;
  auth::SignInThrottle throttle_;
  FakeClock clock_{Time(Duration(1'795'000'000'000))};
  HeardSignIns heard_{next_, throttle_, clock_};
};

TEST_F(HeardSignInsTest, CountsAWrongPasswordOfAnotherNodeUpToTheLimit) {
  hear(kOther, false, 9);
  EXPECT_FALSE(waits());
  hear(kOther, false);
  EXPECT_TRUE(waits());
}

TEST_F(HeardSignInsTest, CountsFromWhenItIsHeardOf) {
  hear(kOther, false, 10);
  clock_.tick(auth::SignInThrottle::kWindow - Duration(1));
  EXPECT_TRUE(waits());
  clock_.tick(Duration(1));
  EXPECT_FALSE(waits());
}

TEST_F(HeardSignInsTest, LeavesOutWhatThisNodeHasCountedItself) {
  hear(kSelf, false, 10);
  EXPECT_FALSE(waits());
}

TEST_F(HeardSignInsTest, ClearsWhatIsCountedWhenTheLoginSucceedsElsewhere) {
  hear(kOther, false, 9);
  hear(kOther, true);
  hear(kOther, false, 9);
  EXPECT_FALSE(waits());
  EXPECT_TRUE(throttle_.succeeded("anna", "::1"));
  hear(kOther, true);
  EXPECT_FALSE(throttle_.succeeded("anna", "::1"));  // cleared: that is no news
}

TEST_F(HeardSignInsTest, HandsEverythingOn) {
  hear(kOther, false);
  hear(kSelf, false);
  heard_.stale({});
  heard_.fresh();
  heard_.begun_anew(nullptr);
  EXPECT_EQ(next_.publications, 2);
  EXPECT_EQ(next_.said, "stale fresh anew ");
}

}  // namespace
}  // namespace pastille::server
