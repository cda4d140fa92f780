// Time zones by ICU (IANA names). Thread-safe.
#pragma once

#include "core/calendar.h"

namespace pastille {

class IcuCalendar final : public Calendar {
 public:
  bool knows_zone(std::string_view zone) const override;
  Time next_local_day(std::string_view zone, Time now) const override;
};

}  // namespace pastille
