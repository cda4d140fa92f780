// A token for each of many people, all of one name and scope: pastille token add. Of the operator.
//
// No token is made unless all can be: whoever gives it has it tried before, on the published state
// and a thread of their own. Then they are made in pieces. What comes in between (somebody left)
// breaks it off: the tokens before are valid.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/actor.h"
#include "app/draft.h"
#include "app/pieces.h"

namespace pastille {

struct AddTokens {
  using Answer = std::size_t;  // how many were made
  std::string name;
  Scope scope = Scope::kRead;
  std::vector<std::pair<UserId, SecretHash>> tokens;  // whose, and the hash of the secret
  std::size_t made = 0;                               // in earlier pieces
  // What CreateToken refuses of any of them.
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
  std::optional<Answer> go_on(Answer piece);
  void broken_off(Refusal& why) const;
};

// Whether all of them can be made in `organisation`, a published state. Any thread.
Result<AddTokens::Answer> try_out(const AddTokens& command, const Organisation& organisation,
                                  const Acting& who, const Context& context);

}  // namespace pastille
