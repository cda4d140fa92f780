// Who is told of live connections that come and go, for the log. Called on the thread of a hub;
// must not block.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ids.h"

namespace pastille::push {

struct Ended {
  ConnectionId connection;
  UserId user;
  std::uint16_t code = 0;  // close code; 1006: the connection was lost
  std::string_view why;
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void opened(ConnectionId connection, UserId user, bool websocket,
                      std::string_view remote) = 0;
  virtual void ended(const Ended& ended) = 0;
};

}  // namespace pastille::push
