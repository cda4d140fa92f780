// Passwords arrive here as hashes: checked and made on worker threads.
#pragma once

#include <string>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

// One's own. Ends one's other sessions.
struct ChangePassword {
  using Answer = bool;
  std::string verified_hash;  // the hash that the current password was checked against
  std::string new_hash;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// By the command line, for somebody. Ends all sessions of the person.
struct SetPassword {
  using Answer = bool;
  UserId user;
  std::string new_hash;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
