#include "core/permission.h"

namespace pastille {

std::string_view to_text(Permission permission) {
  switch (permission) {
    case Permission::kStatusesCreate:
      return "statuses.create";
    case Permission::kStatusesModify:
      return "statuses.modify";
    case Permission::kStatusesDelete:
      return "statuses.delete";
    case Permission::kUsersManage:
      return "users.manage";
    case Permission::kTeamsManage:
      return "teams.manage";
    case Permission::kRolesManage:
      return "roles.manage";
    case Permission::kAuditRead:
      return "audit.read";
  }
  return {};
}

std::optional<Permission> parse_permission(std::string_view text) {
  for (const Permission each : kAllPermissions) {
    if (to_text(each) == text) return each;
  }
  return std::nullopt;
}

}  // namespace pastille
