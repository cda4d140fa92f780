#include "app/delete_status.h"

#include <string>
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
  const Piece holders = first_piece(draft.now().status_holders, status);
  Answer answer{.done = holders.last};
  if (answer.done) {
    deleted.deleted = true;
    ++deleted.version;
    put_status(draft, who, context, std::move(deleted), StatusAction::kDeleted, {});
  }
  for (const UserId user : holders.people) {
    const Presence before = *draft.now().presence(user);
    if (before.entry.status == status) ++answer.moved;
    show(draft, user, move_to_system(before, status, type, context.now.wall), context);
  }
  return answer;
}

std::optional<DeleteStatus::Answer> DeleteStatus::go_on(Answer piece) {
  moved_before += piece.moved;
  if (!piece.done) return std::nullopt;
  return Answer{.moved = moved_before};
}

void DeleteStatus::broken_off(Refusal& why) const {
  if (moved_before == 0) return;
  why.detail += " " + std::to_string(moved_before) + " people had been moved away from it before.";
}

}  // namespace pastille
