#include "app/first_start.h"

#include <utility>

#include "core/built_in_roles.h"
#include "core/system_statuses.h"

namespace pastille {

Result<bool> FirstStart::decide(Draft& draft, const Acting& who, const Context& context) const {
  const bool has_key = draft.now().sealing_key.has_value();
  if (!has_key && fresh_key) draft.change(SealingKeyPut{*fresh_key});
  if (!draft.now().statuses.empty()) return !draft.changes().empty();
  for (Status& status : system_statuses(context.unicode, context.now.wall)) {
    status.rev = draft.seq();
    status.created_by = status.updated_by = who.author;
    draft.change(StatusPut{std::move(status)});
  }
  for (Role& role : built_in_roles(context.unicode)) draft.change(RolePut{std::move(role)});
  return true;
}

}  // namespace pastille
