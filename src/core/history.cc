#include "core/history.h"

#include <array>

namespace pastille {
namespace {

constexpr std::array kActions = {StatusAction::kCreated, StatusAction::kModified,
                                 StatusAction::kDuplicated, StatusAction::kDeleted,
                                 StatusAction::kRestored};

}  // namespace

std::string_view to_text(StatusAction action) {
  switch (action) {
    case StatusAction::kCreated:
      return "created";
    case StatusAction::kModified:
      return "modified";
    case StatusAction::kDuplicated:
      return "duplicated";
    case StatusAction::kDeleted:
      return "deleted";
    case StatusAction::kRestored:
      return "restored";
  }
  return {};
}

std::optional<StatusAction> parse_status_action(std::string_view text) {
  for (const StatusAction each : kActions) {
    if (to_text(each) == text) return each;
  }
  return std::nullopt;
}

}  // namespace pastille
