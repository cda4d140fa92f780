// The seven permissions and sets of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pastille {

enum class Permission : std::uint8_t {
  kStatusesCreate,
  kStatusesModify,
  kStatusesDelete,
  kUsersManage,
  kTeamsManage,
  kRolesManage,
  kAuditRead,
};

inline constexpr std::array kAllPermissions = {
    Permission::kStatusesCreate, Permission::kStatusesModify, Permission::kStatusesDelete,
    Permission::kUsersManage,    Permission::kTeamsManage,    Permission::kRolesManage,
    Permission::kAuditRead,
};

std::string_view to_text(Permission permission);  // "statuses.create"
std::optional<Permission> parse_permission(std::string_view text);

class Permissions {
 public:
  constexpr Permissions() = default;
  static constexpr Permissions all() {
    Permissions every;
    for (const Permission each : kAllPermissions) every.add(each);
    return every;
  }

  constexpr void add(Permission permission) { bits_ |= bit(permission); }
  constexpr bool has(Permission permission) const { return (bits_ & bit(permission)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(Permissions, Permissions) = default;

 private:
  static constexpr std::uint8_t bit(Permission permission) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(permission));
  }
  std::uint8_t bits_ = 0;
};

}  // namespace pastille
