#include "app/modify_role.h"

#include <utility>

#include "app/authority.h"
#include "app/create_role.h"
#include "app/finding.h"
#include "app/recording.h"

namespace pastille {

Result<RoleId> ModifyRole::decide(Draft& draft, const Acting& who, const Context& context) const {
  const Result<const Role*> found = find_custom_role(draft.now(), role);
  if (!found) return std::unexpected(found.error());
  if (auto may = require(who, Permission::kRolesManage); !may) {
    return std::unexpected(may.error());
  }
  if (auto may = require_all(who, (*found)->permissions); !may) {
    return std::unexpected(may.error());
  }
  Faults faults;
  Role after = patched(**found, patch, context.unicode, faults);
  if (auto may = require_all(who, after.permissions); !may) return std::unexpected(may.error());
  if (auto valid = faults.verdict(); !valid) return std::unexpected(valid.error());
  if (auto fresh = expect_version(expected_version, after.version, role); !fresh) {
    return std::unexpected(fresh.error());
  }
  if (auto free = role_name_is_free(draft.now(), after.name, role); !free) {
    return std::unexpected(free.error());
  }
  if (after == **found) return role;
  ++after.version;
  draft.change(RolePut{std::move(after)});
  record(draft, who, context, "role.modify", to_text(role));
  return role;
}

}  // namespace pastille
