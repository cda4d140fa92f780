// A person erases all that is kept of what they showed; what they show now begins it anew.
#pragma once

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct EraseOwnHistory {
  using Answer = bool;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
