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
  // Set: refuse at once with kTooMany, come back after that. `login` is folded.
  virtual std::optional<std::chrono::seconds> wait(std::string_view login, std::string_view remote,
                                                   Instant now) = 0;
  virtual void failed(std::string_view login, std::string_view remote, Instant now) = 0;
  virtual void succeeded(std::string_view login, std::string_view remote) = 0;
};

}  // namespace pastille
