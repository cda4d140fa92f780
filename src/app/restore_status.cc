#include "app/restore_status.h"

#include <utility>

#include "app/create_status.h"
#include "app/finding.h"
#include "app/recording.h"

namespace pastille {

Result<void> RestoreStatus::permitted(const Organisation&, const Acting& who) const {
  return require(who, Permission::kStatusesDelete);
}

Result<StatusId> RestoreStatus::decide(Draft& draft, const Acting& who,
                                       const Context& context) const {
  const Result<const Status*> found = find_restorable_status(draft.now(), status);
  if (!found) return std::unexpected(found.error());
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  if (!(*found)->deleted) return status;
  if (auto free = name_is_free(draft.now(), (*found)->fields.name, status); !free) {
    return std::unexpected(free.error());
  }
  if (auto room = room_for_a_status(draft.now()); !room) return std::unexpected(room.error());
  Status restored = **found;
  restored.deleted = false;
  ++restored.version;
  put_status(draft, who, context, std::move(restored), StatusAction::kRestored, {});
  return status;
}

}  // namespace pastille
