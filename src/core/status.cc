#include "core/status.h"

namespace pastille {

std::string_view to_text(StatusType type) {
  switch (type) {
    case StatusType::kConnected:
      return "connected";
    case StatusType::kAbsent:
      return "absent";
    case StatusType::kBusy:
      return "busy";
    case StatusType::kInACall:
      return "in_a_call";
    case StatusType::kOffline:
      return "offline";
  }
  return {};
}

std::optional<StatusType> parse_status_type(std::string_view text) {
  for (const StatusType each : kStatusTypes) {
    if (to_text(each) == text) return each;
  }
  return std::nullopt;
}

}  // namespace pastille
