// People, teams and roles, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/label.h"
#include "core/permission.h"
#include "core/sign_in_record.h"
#include "core/time.h"

namespace pastille {

enum class StatusAtSignIn : std::uint8_t { kConnected, kLast };

struct Person {
  UserId id;
  Label login;  // unique by fold; empty once erased
  Label display_name;
  RoleId role;
  std::vector<TeamId> teams;  // ascending
  // "": nobody has chosen one yet, and their first page gives that of the device.
  std::string locale = {};
  std::string time_zone = {};
  StatusAtSignIn status_at_sign_in = StatusAtSignIn::kConnected;
  std::vector<UserId> pinned;
  std::string password_hash;         // libsodium's string; "": none yet
  std::optional<External> external;  // by whom they sign in besides, unique
  SignInRecord sign_in;
  bool active = true;
  bool erased = false;            // login, name and all else removed; the id stays
  std::uint64_t version = 1;      // of what administrators see and edit; the ETag there
  std::uint64_t own_version = 1;  // of all that the person sees of themselves; the ETag of /me
  std::uint64_t rev = 0;          // seq of the last change visible in the directory
  // Fingerprints of the networks where they have signed in (app/known_places.h), the newest first.
  std::vector<std::uint64_t> known_places = {};
  Time created_at = {};

  // What holds until one is chosen.
  std::string locale_or_default() const { return locale.empty() ? "en" : locale; }
  std::string time_zone_or_default() const { return time_zone.empty() ? "UTC" : time_zone; }
  friend bool operator==(const Person&, const Person&) = default;
};

struct Team {
  TeamId id;
  Label name;  // unique by fold
  std::uint64_t version = 1;
  friend bool operator==(const Team&, const Team&) = default;
};

struct Role {
  RoleId id;
  Label name;  // unique by fold
  Permissions permissions;
  bool built_in = false;
  std::uint64_t version = 1;
  friend bool operator==(const Role&, const Role&) = default;
};

inline constexpr RoleId kAdministratorRole{1};
inline constexpr RoleId kAgentRole{2};
inline constexpr std::uint64_t kFirstCustomRole = 3;

}  // namespace pastille
