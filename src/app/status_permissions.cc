#include "app/status_permissions.h"

namespace pastille {

Result<void> require_statuses_permission(const Acting& who) {
  for (const Permission each : {Permission::kStatusesCreate, Permission::kStatusesDelete}) {
    if (require(who, each)) return {};
  }
  return require(who, Permission::kStatusesModify);
}

}  // namespace pastille
