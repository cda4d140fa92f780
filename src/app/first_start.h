// What an organisation needs before anyone is there: the five system statuses and the two built-in
// roles, and the key that its nodes seal with, which older data does not have. Makes what is not
// there and nothing else.
#pragma once

#include <optional>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct FirstStart {
  using Answer = bool;                       // whether it made anything
  std::optional<SealingKey> fresh_key = {};  // random; nullopt: an organisation that seals nothing
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
