// Which events are forgotten after limits::kPresenceEventsKept, whatever the retention.
#pragma once

#include <algorithm>

#include "core/change.h"

namespace pastille {

// Of presence and own status alone: what a person showed is personal data.
inline bool is_short_lived(const Event& event) {
  return std::ranges::all_of(event.changes, [](const Change& change) {
    return std::holds_alternative<EntryPut>(change) ||
           std::holds_alternative<OwnHistoryAdded>(change) || !is_durable(change);
  });
}

}  // namespace pastille
