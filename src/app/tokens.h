// Personal tokens for programs. The secret is made outside; only its hash comes here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct CreateToken {
  using Answer = Token;
  std::optional<UserId> owner;  // for the command line; nullopt: oneself
  std::string name;
  Scope scope = Scope::kRead;
  std::optional<Time> expires_at;  // default one year, at most five
  SecretHash secret{};
  // What it takes, whatever it is asked to make.
  Result<void> permitted(const Organisation& organisation, const Acting& who) const;
  // Refuses kScopeMissing (a token makes no tokens), kInvalid (/name, /expires_at), kNotFound,
  // kLimitReached.
  Result<Token> decide(Draft& draft, const Acting& who, const Context& context) const;
};

struct DeleteToken {
  using Answer = bool;
  TokenId token;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// All of a person's but those that are kept.
void drop_tokens(Draft& draft, UserId user, const Context& context,
                 const std::vector<TokenId>& kept = {});

}  // namespace pastille
