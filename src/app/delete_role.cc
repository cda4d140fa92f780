#include "app/delete_role.h"

#include <string>

#include "app/authority.h"
#include "app/finding.h"
#include "app/recording.h"

namespace pastille {

Result<DeleteRole::Answer> DeleteRole::decide(Draft& draft, const Acting& who,
                                              const Context& context) const {
  const Result<const Role*> found = find_custom_role(draft.now(), role);
  if (!found) return std::unexpected(found.error());
  if (auto may = require(who, Permission::kRolesManage); !may) {
    return std::unexpected(may.error());
  }
  if (auto may = require_all(who, (*found)->permissions); !may) {
    return std::unexpected(may.error());
  }
  if (auto fresh = expect_version(expected_version, (*found)->version, role); !fresh) {
    return std::unexpected(fresh.error());
  }
  if (const std::size_t* members = draft.now().role_members.find(role)) {
    return refuse(Problem::kRoleInUse, std::to_string(*members) +
                                           " people hold this role, inactive ones included. Give "
                                           "them another first.");
  }
  draft.change(RoleDropped{role});
  record(draft, who, context, "role.delete", to_text(role));
  return Answer{};
}

}  // namespace pastille
