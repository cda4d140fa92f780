// Waits for the signals of an operator. Signals are blocked in every thread that is started after
// it was built, and are taken one by one.
#pragma once

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

namespace pastille::server {

class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (const int each : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, each);
    sigset_t blocked = set_;
    sigaddset(&blocked, kOver);
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }

  ~Signals() {
    if (!watchdog_.joinable()) return;
    pthread_kill(watchdog_.native_handle(), kOver);
    watchdog_.join();
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int wait() const {
    int taken = 0;
    while (sigwait(&set_, &taken) != 0) continue;
    return taken;
  }

  // From now on the process ends with 1 at the next SIGTERM or SIGINT, or after `span`, unless this
  // is destroyed before. Called once.
  void end_at_next_or_after(std::chrono::seconds span) {
    watchdog_ = std::thread([set = set_, span]() mutable {
      sigdelset(&set, SIGHUP);
      sigaddset(&set, kOver);
      if (wait_until(set, std::chrono::steady_clock::now() + span) != kOver) _exit(1);
    });
  }

 private:
  static constexpr int kOver = SIGUSR2;  // tells the watchdog

  // -1: none came until then. A process that is stopped and continued goes on waiting.
  static int wait_until(const sigset_t& set, std::chrono::steady_clock::time_point end) {
    while (true) {
      const auto left = std::max(std::chrono::nanoseconds(0),
                                 std::chrono::nanoseconds(end - std::chrono::steady_clock::now()));
      const timespec limit{.tv_sec = left.count() / 1'000'000'000,
                           .tv_nsec = left.count() % 1'000'000'000};
      const int taken = sigtimedwait(&set, nullptr, &limit);
      if (taken >= 0 || errno != EINTR) return taken;
    }
  }

  sigset_t set_{};
  std::thread watchdog_;
};

}  // namespace pastille::server
