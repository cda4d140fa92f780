#include "app/create_role.h"

#include <string>
#include <utility>

#include "app/authority.h"
#include "app/recording.h"
#include "core/limits.h"

namespace pastille {

Result<void> role_name_is_free(const Organisation& organisation, const Label& name,
                               RoleId besides) {
  const RoleId* holder = organisation.role_names.find(name.folded);
  if (holder == nullptr || *holder == besides) return {};
  const std::string& taken = organisation.role(*holder)->name.text;
  return refuse_taken(Problem::kNameTaken, taken,
                      "Another role is called \"" + taken + "\". Choose another name.");
}

Result<void> CreateRole::permitted(const Organisation&, const Acting& who) const {
  return require(who, Permission::kRolesManage);
}

Result<RoleId> CreateRole::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  Faults faults;
  if (!fields.name) faults.add("/name", "A role needs a name.", "required");
  if (!fields.permissions) {
    faults.add("/permissions", "A role needs a list of permissions, which may be empty.",
               "required");
  }
  Role role = patched(Role{.id = RoleId{draft.now().next.role}}, fields, context.unicode, faults);
  if (auto may = require_all(who, role.permissions); !may) return std::unexpected(may.error());
  if (auto valid = faults.verdict(); !valid) return std::unexpected(valid.error());
  if (auto free = role_name_is_free(draft.now(), role.name); !free) {
    return std::unexpected(free.error());
  }
  if (draft.now().roles.size() >= limits::kRoles) {
    return refuse(Problem::kLimitReached, "There are " + std::to_string(limits::kRoles) +
                                              " roles, which is the most. Delete one first.");
  }
  const RoleId id = role.id;
  draft.change(RolePut{std::move(role)});
  record(draft, who, context, "role.create", to_text(id));
  return id;
}

}  // namespace pastille
