// What somebody wants of a person's account, from outside, and the one place where it becomes a
// Person. Adding one is a patch of nobody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "core/faults.h"
#include "core/organisation.h"
#include "core/unicode.h"

namespace pastille {

// Absent fields stay as they are.
struct PersonPatch {
  std::optional<std::string> login = {};
  std::optional<std::string> display_name = {};
  std::optional<RoleId> role = {};
  std::optional<std::vector<TeamId>> teams = {};  // replaced whole
  std::optional<std::string> locale = {};
  std::optional<std::string> time_zone = {};
  std::optional<StatusAtSignIn> status_at_sign_in = {};
  std::optional<std::vector<UserId>> pinned = {};  // replaced whole, in order
  std::optional<bool> active = {};
  std::optional<std::optional<External>> external = {};  // nullopt inside: none any more
  bool withdraw_external = false;  // another subject that waits for its first sign-in
};

// What is wrong is noted in `faults` and left as it was. Roles, teams and colleagues must exist in
// `organisation`.
Person patched(Person before, const PersonPatch& patch, const Organisation& organisation,
               const Unicode& unicode, const Calendar& calendar, Faults& faults);

}  // namespace pastille
