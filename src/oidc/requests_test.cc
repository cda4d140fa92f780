// How many requests are open at the provider at once: a provider that takes connections and answers
// nothing.
#include "oidc/requests.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <vector>

#include "core/limits.h"

namespace pastille::oidc {
namespace {

class SilentProvider {
 public:
  SilentProvider() : listening_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(at);
    auto* any = reinterpret_cast<sockaddr*>(&at);
    EXPECT_EQ(bind(listening_, any, size), 0);
    EXPECT_EQ(listen(listening_, 2 * static_cast<int>(limits::kOidcRequests)), 0);
    EXPECT_EQ(getsockname(listening_, any, &size), 0);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(at.sin_port)) + "/keys";
  }
  ~SilentProvider() {
    for (const int each : taken_) close(each);
    close(listening_);
  }
  SilentProvider(const SilentProvider&) = delete;
  SilentProvider& operator=(const SilentProvider&) = delete;

  const std::string& url() const { return url_; }
  std::size_t taken() const { return taken_.size(); }
  // The next connection; false: there is none within `wait_ms`.
  bool take(int wait_ms) {
    pollfd wanted{.fd = listening_, .events = POLLIN, .revents = 0};
    if (poll(&wanted, 1, wait_ms) != 1) return false;
    taken_.push_back(accept(listening_, nullptr, nullptr));
    return taken_.back() >= 0;
  }
  void drop_one() {
    close(taken_.back());
    taken_.pop_back();
  }

 private:
  int listening_;
  std::string url_;
  std::vector<int> taken_;
};

TEST(Requests, OpenSoManyAtOnceAndTheNextWhenOneHasEnded) {
  constexpr int kSoon = 10'000;
  SilentProvider provider;
  Requests requests{{}};
  std::promise<std::string> failed;
  requests.run([&] {
    for (std::size_t count = 0; count <= limits::kOidcRequests; ++count) {
      requests.ask({.url = provider.url()}, [&](std::expected<Answer, std::string> answer) {
        failed.set_value(answer ? "" : answer.error());
      });
    }
  });
  while (provider.taken() < limits::kOidcRequests) ASSERT_TRUE(provider.take(kSoon));
  // The thread has come round again, and would have opened one more.
  for (int round = 0; round < 3; ++round) {
    std::promise<void> came_round;
    requests.run([&] { came_round.set_value(); });
    came_round.get_future().wait();
  }
  EXPECT_FALSE(provider.take(0));
  provider.drop_one();
  EXPECT_NE(failed.get_future().get(), "");
  EXPECT_TRUE(provider.take(kSoon));
  requests.stop();
}

}  // namespace
}  // namespace pastille::oidc
