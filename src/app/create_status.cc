#include "app/create_status.h"

#include <algorithm>
#include <string>

#include "app/recording.h"
#include "core/limits.h"
#include "core/status_changes.h"

namespace pastille {
namespace {

int after_all_others(const Organisation& organisation) {
  int last = -1;
  organisation.statuses.for_each([&](StatusId, const Box<Status>& status) {
    if (!status->deleted) last = std::max(last, status->fields.position);
  });
  return std::min(last + 1, limits::kPositionMost);
}

}  // namespace

Result<void> name_is_free(const Organisation& organisation, const Label& name, StatusId besides) {
  const StatusId* holder = organisation.status_names.find(name.folded);
  if (holder == nullptr || *holder == besides) return {};
  const std::string& taken = organisation.status(*holder)->fields.name.text;
  return refuse_taken(Problem::kNameTaken, taken,
                      "Another status is called \"" + taken +
                          "\". Choose a name that differs in more than case and accents.");
}

Result<void> room_for_a_status(const Organisation& organisation) {
  if (organisation.live_statuses < limits::kLiveStatuses) return {};
  return refuse(Problem::kLimitReached, "There are " + std::to_string(limits::kLiveStatuses) +
                                            " statuses, which is the most. Delete one first.");
}

Result<void> CreateStatus::permitted(const Organisation&, const Acting& who) const {
  return require(who, Permission::kStatusesCreate);
}

Result<StatusId> CreateStatus::decide(Draft& draft, const Acting& who,
                                      const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  Faults faults;
  if (!fields.name) faults.add("/name", "A status needs a name.", "required");
  if (!fields.type) {
    faults.add("/type", "A status needs a type: connected, absent, busy or in_a_call.", "required");
  }
  Status status{.id = StatusId{draft.now().next.status},
                .fields = patched(StatusFields(), fields, context.unicode, faults),
                .created_at = context.now.wall,
                .created_by = who.author};
  if (auto valid = faults.verdict(); !valid) return std::unexpected(valid.error());
  if (auto free = name_is_free(draft.now(), status.fields.name); !free) {
    return std::unexpected(free.error());
  }
  if (auto room = room_for_a_status(draft.now()); !room) return std::unexpected(room.error());
  if (!fields.position) status.fields.position = after_all_others(draft.now());
  const StatusId id = status.id;
  auto changes = changes_of_new(status.fields);
  put_status(draft, who, context, std::move(status), StatusAction::kCreated, std::move(changes));
  return id;
}

}  // namespace pastille
