#include "core/role_patch.h"

#include <utility>

#include "core/limits.h"

namespace pastille {
namespace {

Permissions parse_permissions(const std::vector<std::string>& texts, Faults& faults) {
  Permissions permissions;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string pointer = "/permissions/" + std::to_string(i);
    const auto permission = parse_permission(texts[i]);
    if (!permission) {
      faults.add(pointer, "There is no such permission; /permissions lists them.");
    } else if (permissions.has(*permission)) {
      faults.add(pointer, "This permission is here twice.");
    } else {
      permissions.add(*permission);
    }
  }
  return permissions;
}

}  // namespace

Role patched(Role before, const RolePatch& patch, const Unicode& unicode, Faults& faults) {
  Role role = std::move(before);
  if (patch.name) {
    auto name = faults.take(
        parse_label(*patch.name, {.pointer = "/name", .most = limits::kRoleName}, unicode));
    if (name) role.name = *std::move(name);
  }
  if (patch.permissions) role.permissions = parse_permissions(*patch.permissions, faults);
  return role;
}

}  // namespace pastille
