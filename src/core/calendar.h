// What the rules ask of time zones (IANA names). Implementation: unicode/icu_calendar.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace pastille {

class Calendar {
 public:
  virtual ~Calendar() = default;
  virtual bool knows_zone(std::string_view zone) const = 0;
  // The first instant of the local date after the one that `now` falls on in `zone`. Right also
  // where midnight does not exist or comes twice (daylight saving).
  virtual Time next_local_day(std::string_view zone, Time now) const = 0;
  // For names as people and other systems write them: the IANA name, whatever the case, of
  // "europe/paris", of an alias, or of a name of Windows, "W. Europe Standard Time".
  virtual std::optional<std::string> zone_named(std::string_view name) const = 0;
};

}  // namespace pastille
