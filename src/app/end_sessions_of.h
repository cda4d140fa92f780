// Signs a person out everywhere: the remedy for someone who left with everything open. It never
// chooses a status for them (R15). Takes users.manage, and is recorded.
#pragma once

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct EndSessionsOf {
  UserId user;

  struct Answer {};
  // kNotFound, kPermissionMissing
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
