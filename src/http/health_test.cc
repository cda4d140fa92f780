// Readiness of one node among others: a node whose lease has run out can write nothing.
#include "app/ports/memory_nodes.h"
#include "http/router.h"
#include "http/site_stage_test.h"

namespace pastille::http {
namespace {

class Line final : public AnswerLine {
 public:
  explicit Line(std::promise<Response>& answered) : answered_(answered) {}
  void answer(Response response) override { answered_.set_value(std::move(response)); }
  void hand_over(LivePass, std::optional<Response>, std::string_view) override {}
  void hop(std::move_only_function<void()> then) override { then(); }
  void read_body(std::size_t, TakeBody) override {}

 private:
  std::promise<Response>& answered_;
};

class Readiness : public ::testing::Test {
 protected:
  ~Readiness() override { workspace_.stop(); }

  int status(const std::string& path) {
    std::promise<Response> answered;
    Request request;
    request.method = Method::kGet;
    request.target = request.path = path;
    router_.handle(std::move(request), Responder(std::make_unique<Line>(answered)));
    return answered.get_future().get().status;
  }
  // What falls due by now is done.
  void look() {
    std::promise<void> looked;
    workspace_.look_then([&] { looked.set_value(); });
    looked.get_future().wait();
  }

  FakeClock clock_{Time(Duration(1'795'000'000'000))};
  MemoryNodes nodes_{clock_};
  MemoryNode node_{nodes_};
  NoFeed feed_;
  IcuUnicode unicode_;
  IcuCalendar calendar_;
  PlainPasswords passwords_;
  CountedSecrets secrets_;
  ThreeTries throttle_;
  PersonShares shares_;
  OpenDoor door_;
  Quiet observer_;
  Workspace workspace_{{.store = node_,
                        .feed = feed_,
                        .clock = clock_,
                        .unicode = unicode_,
                        .calendar = calendar_,
                        .settings = {},
                        .nodes = &node_}};
  Router router_{{workspace_,
                  nodes_.store(),
                  passwords_,
                  secrets_,
                  throttle_,
                  shares_,
                  unicode_,
                  calendar_,
                  clock_,
                  door_,
                  observer_,
                  {}}};
};

TEST_F(Readiness, IsThereAsLongAsTheLeaseHolds) {
  EXPECT_EQ(status("/readyz"), 200);
  clock_.tick(Duration(kLease) - Duration(1));
  EXPECT_EQ(status("/readyz"), 200);
}

// Before any command has found out: whoever sends requests here sends them elsewhere from now on.
TEST_F(Readiness, IsGoneWithTheLeaseAndBackWithIt) {
  node_.cut(true);
  clock_.tick(kLease);
  EXPECT_EQ(status("/readyz"), 503);
  EXPECT_EQ(status("/healthz"), 200);
  look();  // from here on it has found out that the store is away
  node_.cut(false);
  clock_.tick(std::chrono::seconds(1));
  look();  // and tries again
  look();
  EXPECT_EQ(status("/readyz"), 200);
}

}  // namespace
}  // namespace pastille::http
