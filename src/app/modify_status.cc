#include "app/modify_status.h"

#include <utility>

#include "app/create_status.h"
#include "app/finding.h"
#include "app/recording.h"
#include "app/showing.h"
#include "core/status_changes.h"

namespace pastille {
namespace {

void retype_entries(Draft& draft, StatusId status, StatusType type, const Context& context) {
  if (draft.now().shown_by(status) == 0) return;
  const auto presences = draft.now().presences;
  presences.for_each([&](UserId user, const Box<Presence>& before) {
    if (before->entry.status != status) return;
    Presence after = *before;
    after.entry.type = type;
    show(draft, user, after, context);
  });
}

}  // namespace

Result<StatusId> ModifyStatus::decide(Draft& draft, const Acting& who,
                                      const Context& context) const {
  const Result<const Status*> found = find_custom_status(draft.now(), status);
  if (!found) return std::unexpected(found.error());
  if (auto may = require(who, Permission::kStatusesModify); !may) {
    return std::unexpected(may.error());
  }
  Faults faults;
  Status after = **found;
  after.fields = patched(std::move(after.fields), patch, context.unicode, faults);
  if (auto valid = faults.verdict(); !valid) return std::unexpected(valid.error());
  if (auto fresh = expect_version(expected_version, after.version, status); !fresh) {
    return std::unexpected(fresh.error());
  }
  if (auto free = name_is_free(draft.now(), after.fields.name, status); !free) {
    return std::unexpected(free.error());
  }
  const StatusFields before = (*found)->fields;
  auto changes = changes_between(before, after.fields);
  if (changes.empty()) return status;
  ++after.version;
  const StatusType type = after.fields.type;
  put_status(draft, who, context, std::move(after), StatusAction::kModified, std::move(changes));
  if (type != before.type) retype_entries(draft, status, type, context);
  return status;
}

}  // namespace pastille
