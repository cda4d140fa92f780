// Which events are forgotten after limits::kPresenceEventsKept, whatever the retention.
#pragma once

#include <algorithm>
#include <type_traits>
#include <variant>

#include "core/change.h"

namespace pastille {

// Tells nothing about one person: what the organisation configured, and what was removed. Audit
// items name people by id only.
template <class T>
inline constexpr bool kImpersonal =
    std::is_same_v<T, StatusPut> || std::is_same_v<T, StatusHistoryAdded> ||
    std::is_same_v<T, TeamPut> || std::is_same_v<T, TeamDropped> || std::is_same_v<T, RolePut> ||
    std::is_same_v<T, RoleDropped> || std::is_same_v<T, AuditAdded> ||
    std::is_same_v<T, AnswersPurged> || std::is_same_v<T, NodeDropped>;

// An event that holds anything of a person: what they showed, their name, a message, a secret's
// hash. Kept longer, it would outlive their erasure and the retention of what it tells. And the
// sealing key, which is nobody's to read.
inline bool is_short_lived(const Event& event) {
  return !std::ranges::all_of(event.changes, [](const Change& change) {
    return std::visit([](const auto& each) { return kImpersonal<std::decay_t<decltype(each)>>; },
                      change);
  });
}

}  // namespace pastille
