// Notices when the wall clock and the steady clock part: somebody set the time, or the machine
// slept. For an hour after it, nothing is purged and no session and no token ends by age. Pure.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

#include "core/time.h"

namespace pastille {

class ClockWatch {
 public:
  static constexpr std::chrono::minutes kApart{5};
  static constexpr std::chrono::days kFarAhead{7};
  static constexpr std::chrono::hours kDistrust{1};

  // `newest_event`: the wall clock has been there before. At start a clock that is behind it, or
  // more than 7 days ahead of it, is not believed.
  ClockWatch(Now now, std::optional<Time> newest_event);

  // What to tell the operator, once each time the clocks have parted.
  std::optional<std::string> look(Now now);
  bool distrusts(Now now) const { return distrust_until_ && now.steady < *distrust_until_; }

 private:
  friend class ClockOpinion;
  Now last_;
  std::optional<Instant> distrust_until_;
  std::optional<std::string> unsaid_;
};

// The same for other threads, which may come before the watch has looked again. Written by one
// thread, read by any.
class ClockOpinion {
 public:
  void follow(const ClockWatch& watch);
  bool distrusts(Now now) const;

 private:
  std::atomic<Duration::rep> wall_ahead_{0};      // of the steady clock, when the watch looked last
  std::atomic<Duration::rep> distrust_until_{0};  // steady
};

}  // namespace pastille
