#include "app/recording.h"

#include <utility>

namespace pastille {
namespace {

std::string audit_action(StatusAction action) {
  switch (action) {
    case StatusAction::kCreated:
      return "status.create";
    case StatusAction::kModified:
      return "status.modify";
    case StatusAction::kDuplicated:
      return "status.duplicate";
    case StatusAction::kDeleted:
      return "status.delete";
    case StatusAction::kRestored:
      return "status.restore";
  }
  return {};
}

}  // namespace

void record(Draft& draft, const Acting& who, const Context& context, std::string action,
            std::string target) {
  draft.change(AuditAdded{AuditItem{.at = context.now.wall,
                                    .by = who.author,
                                    .action = std::move(action),
                                    .target = std::move(target)}});
}

void put_status(Draft& draft, const Acting& who, const Context& context, Status status,
                StatusAction action, std::vector<FieldChange> changes) {
  const StatusId id = status.id;
  status.rev = draft.seq();
  status.updated_at = context.now.wall;
  status.updated_by = who.author;
  draft.change(StatusPut{std::move(status)});
  draft.change(StatusHistoryAdded{StatusHistoryItem{.status = id,
                                                    .at = context.now.wall,
                                                    .by = who.author,
                                                    .action = action,
                                                    .changes = std::move(changes)}});
  record(draft, who, context, audit_action(action), to_text(id));
}

}  // namespace pastille
