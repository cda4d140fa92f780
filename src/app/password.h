// Passwords arrive here as hashes: checked and made on worker threads.
#pragma once

#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

// One's own. Ends one's other sessions, one's tokens but those that are kept, and an open link.
struct ChangePassword {
  using Answer = bool;
  std::string verified_hash;  // the hash that the current password was checked against
  std::string new_hash;
  std::vector<TokenId> keep_tokens = {};
  // kScopeMissing; kInvalid: /current_password was changed meanwhile, /keep_tokens/N is not one's
  // own.
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// By the command line, for somebody. Ends all sessions and tokens of the person, who is told by
// whom the password is until they change it.
struct SetPassword {
  using Answer = bool;
  UserId user;
  std::string new_hash;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
