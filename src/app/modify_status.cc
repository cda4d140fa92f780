#include "app/modify_status.h"

#include <utility>

#include "app/create_status.h"
#include "app/finding.h"
#include "app/recording.h"
#include "app/showing.h"
#include "core/status_changes.h"

namespace pastille {
namespace {

// False: more show the status with another type than one piece has people.
bool retype_entries(Draft& draft, StatusId status, StatusType type, const Context& context) {
  Piece shown;
  const Organisation& now = draft.now();
  now.status_holders.for_each_from(std::pair(status, UserId{}), [&](const auto& each, bool) {
    if (each.first != status) return false;
    const Entry& entry = now.presence(each.second)->entry;
    if (entry.status != status || entry.type == type) return true;
    shown.last = shown.people.size() < limits::kPiecePeople;
    if (shown.last) shown.people.push_back(each.second);
    return shown.last;
  });
  for (const UserId user : shown.people) {
    Presence after = *draft.now().presence(user);
    after.entry.type = type;
    show(draft, user, after, context);
  }
  return shown.last;
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
  if (type != before.type && !retype_entries(draft, status, type, context)) return StatusId{};
  put_status(draft, who, context, std::move(after), StatusAction::kModified, std::move(changes));
  return status;
}

}  // namespace pastille
