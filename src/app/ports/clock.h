// The time, as a port so that tests turn it by hand.
#pragma once

#include <mutex>

#include "core/time.h"

namespace pastille {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Now now() const = 0;  // thread-safe
  // How long to sleep, in real time, until `span` of this clock has gone by. Thread-safe.
  virtual Duration sleep_for(Duration span) const { return span; }
};

class SystemClock final : public Clock {
 public:
  Now now() const override {
    return {std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()),
            std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now())};
  }
};

// Turned by hand; thread-safe. Nobody wakes because real time goes by: what falls due is done when
// its thread looks for another reason, so that a slow machine runs a test in the same order.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time start) : now_{start, Instant{} + std::chrono::hours(1)} {}
  Now now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  Duration sleep_for(Duration span) const override {
    return span > Duration(0) ? Duration(std::chrono::hours(1)) : span;
  }
  void tick(Duration by) {
    const std::lock_guard lock(mutex_);
    now_.wall += by;
    now_.steady += by;
  }
  // A clock that somebody moved.
  void set_wall(Time wall) {
    const std::lock_guard lock(mutex_);
    now_.wall = wall;
  }

 private:
  mutable std::mutex mutex_;
  Now now_;  // guarded by mutex_
};

}  // namespace pastille
