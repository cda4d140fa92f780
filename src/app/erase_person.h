// Erases a person who left: login, name, own history, notes, tokens, sessions and invitations. The
// id stays, in histories, audit and conversations, as a former colleague. Takes users.manage.
#pragma once

#include <cstdint>
#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct ErasePerson {
  UserId user;
  std::optional<std::uint64_t> expected_version;

  struct Answer {};
  // kNotFound, kPermissionMissing, kInvalid (still active), kStaleVersion
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
