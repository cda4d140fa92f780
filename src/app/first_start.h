// What an organisation needs before anyone is there: the five system statuses and the two built-in
// roles. Does nothing when they are there.
#pragma once

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct FirstStart {
  using Answer = bool;  // whether it made anything
  Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
