// Two clocks, two types, so that they cannot be mixed up.
// Time: the wall clock, UTC, milliseconds (until, session ends, retention, everything stored).
// Instant: the steady clock of this process (grace, heartbeats, ticks); never stored.
#pragma once

#include <chrono>

namespace pastille {

using Duration = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Duration>;
using Instant = std::chrono::time_point<std::chrono::steady_clock, Duration>;

struct Now {
  Time wall;
  Instant steady;
};

}  // namespace pastille
