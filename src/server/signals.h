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
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }

  int wait() const {
    int taken = 0;
    while (sigwait(&set_, &taken) != 0) continue;
    return taken;
  }

  // From now on the process ends with 1 at the next SIGTERM or SIGINT, or after `span`.
  void end_at_next_or_after(std::chrono::seconds span) const {
    std::thread([set = set_, span]() mutable {
      sigdelset(&set, SIGHUP);
      const timespec limit{.tv_sec = span.count(), .tv_nsec = 0};
      sigtimedwait(&set, nullptr, &limit);
      _exit(1);
    }).detach();
  }

 private:
  sigset_t set_{};
};

}  // namespace pastille::server
