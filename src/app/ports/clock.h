// The time, as a port so that tests turn it by hand.
#pragma once

#include "core/time.h"

namespace pastille {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Now now() const = 0;  // thread-safe
};

class SystemClock final : public Clock {
 public:
  Now now() const override {
    return {std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()),
            std::chrono::time_point_cast<Duration>(std::chrono::steady_clock::now())};
  }
};

class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time start) : now_{start, Instant{} + std::chrono::hours(1)} {}
  Now now() const override { return now_; }
  void tick(Duration by) {
    now_.wall += by;
    now_.steady += by;
  }
  void set_wall(Time wall) { now_.wall = wall; }  // a clock that was moved

 private:
  Now now_;
};

}  // namespace pastille
