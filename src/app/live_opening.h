// How a live connection begins: from the `open` frame of a WebSocket or the query of an SSE stream.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/organisation.h"

namespace pastille {

struct FollowNobody {};
struct FollowAll {};
struct FollowSome {
  std::vector<UserId> users;
};
using Follow = std::variant<FollowNobody, FollowAll, FollowSome>;

struct LiveOpening {
  bool present = false;              // counts as being there
  std::optional<Position> position;  // of a returning client
  std::optional<Follow> follow;      // the set for which the position holds
  bool counts = false;
};

}  // namespace pastille
