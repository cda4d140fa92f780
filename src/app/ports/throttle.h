// Slows guessing down: counts failures by login and by remote address. Thread-safe; never blocks.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/time.h"

namespace pastille {

class Throttle {
 public:
  virtual ~Throttle() = default;
  // Set: refuse at once with kTooMany, come back after that. `login` is any text that is the
  // same for the same folded login.
  virtual std::optional<std::chrono::seconds> wait(std::string_view login, std::string_view remote,
                                                   Instant now) = 0;
  virtual void failed(std::string_view login, std::string_view remote, Instant now) = 0;
  // Whether that changed anything that other nodes do not know: failures were cleared, or the login
  // had not signed in there before.
  virtual bool succeeded(std::string_view login, std::string_view remote) = 0;
};

}  // namespace pastille
