// Time zones by ICU (IANA names). Thread-safe.
#pragma once

#include "core/calendar.h"

namespace pastille {

class IcuCalendar final : public Calendar {
 public:
  bool knows_zone(std::string_view zone) const override;
  std::optional<std::string> zone_named(std::string_view name) const override;
  Time next_local_day(std::string_view zone, Time now) const override;
};

}  // namespace pastille
