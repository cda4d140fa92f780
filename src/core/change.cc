#include "core/change.h"

namespace pastille {

bool is_durable(const Change& change) {
  return !std::holds_alternative<ConnectionOpened>(change) &&
         !std::holds_alternative<ConnectionClosed>(change) &&
         !std::holds_alternative<GraceSet>(change) &&
         !std::holds_alternative<NodeDropped>(change) &&
         !std::holds_alternative<SignInTried>(change);
}

}  // namespace pastille
