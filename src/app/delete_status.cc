#include "app/delete_status.h"

#include <utility>

#include "app/finding.h"
#include "app/recording.h"
#include "app/showing.h"

namespace pastille {

Result<DeleteStatus::Answer> DeleteStatus::decide(Draft& draft, const Acting& who,
                                                  const Context& context) const {
  const Result<const Status*> found = find_custom_status(draft.now(), status);
  if (!found) return std::unexpected(found.error());
  if (auto may = require(who, Permission::kStatusesDelete); !may) {
    return std::unexpected(may.error());
  }
  if (auto fresh = expect_version(expected_version, (*found)->version, status); !fresh) {
    return std::unexpected(fresh.error());
  }
  Status deleted = **found;
  const StatusType type = deleted.fields.type;
  deleted.deleted = true;
  ++deleted.version;
  const Answer answer{.moved = draft.now().shown_by(status)};
  put_status(draft, who, context, std::move(deleted), StatusAction::kDeleted, {});
  const auto presences = draft.now().presences;
  presences.for_each([&](UserId user, const Box<Presence>& before) {
    show(draft, user, move_to_system(*before, status, type, context.now.wall), context);
  });
  return answer;
}

}  // namespace pastille
