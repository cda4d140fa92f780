// What a use case may know besides the state: the time, the organisation's settings, and the two
// pure interfaces. Nothing here can do I/O.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/calendar.h"
#include "core/ids.h"
#include "core/time.h"
#include "core/unicode.h"

namespace pastille {

struct Settings {
  std::chrono::seconds grace{30};          // after the last connection
  std::chrono::days own_history_kept{30};  // 0 to 400; 0 writes none
  std::chrono::days messages_kept{365};
  std::chrono::hours session_idle{14};  // outlives a shift
  std::chrono::hours session_absolute{30 * 24};
};

struct Context {
  Now now;
  const Settings& settings;
  const Unicode& unicode;
  const Calendar& calendar;
  // The wall clock cannot be trusted: nothing is purged, and no session and no token
  // ends by age.
  bool keep_sessions = false;
  NodeId node = {};  // this one, where there are several
};

}  // namespace pastille
