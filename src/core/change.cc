#include "core/change.h"

namespace pastille {

bool is_durable(const Change& change) {
  return !std::holds_alternative<ConnectionOpened>(change) &&
         !std::holds_alternative<ConnectionClosed>(change) &&
         !std::holds_alternative<GraceSet>(change);
}

}  // namespace pastille
