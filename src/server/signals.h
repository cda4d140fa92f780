// Waits for the signals of an operator. Signals are blocked in every thread that is started after
// it was built, and are taken one by one.
#pragma once

#include <signal.h>
#include <unistd.h>

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
      const timespec limit{.tv_sec = span.count(), .tv_nsec = 0};
      if (sigtimedwait(&set, nullptr, &limit) != kOver) _exit(1);
    });
  }

 private:
  static constexpr int kOver = SIGUSR2;  // tells the watchdog

  sigset_t set_{};
  std::thread watchdog_;
};

}  // namespace pastille::server
