#include "core/built_in_roles.h"

#include <string_view>

namespace pastille {
namespace {

Role built_in(RoleId id, std::string_view name, Permissions permissions, const Unicode& unicode) {
  return Role{.id = id,
              .name = Label{.text = std::string(name), .folded = unicode.fold(name)},
              .permissions = permissions,
              .built_in = true};
}

}  // namespace

std::array<Role, 2> built_in_roles(const Unicode& unicode) {
  return {built_in(kAdministratorRole, "Administrator", Permissions::all(), unicode),
          built_in(kAgentRole, "Agent", Permissions(), unicode)};
}

}  // namespace pastille
