// Slows guessing down: counts failures by login and by network, and how many passwords are in work.
// `login` is any text that is the same for the same folded login, `network` an IPv4 address or a
// /64 of IPv6, `known` whether this person has signed in from there before (app/known_places.h).
// Thread-safe; never blocks.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "core/time.h"

namespace pastille {

class Throttle {
 public:
  virtual ~Throttle() = default;
  // Set: refuse at once with kTooMany, come back after that.
  virtual std::optional<std::chrono::seconds> wait(std::string_view login, std::string_view network,
                                                   bool known, Instant now) = 0;
  virtual void failed(std::string_view login, std::string_view network, Instant now) = 0;
  // Whether failures were cleared that other nodes count as well.
  virtual bool succeeded(std::string_view login, std::string_view network) = 0;
  // A place among the passwords in work, held until it is dropped, by any thread and before this
  // object goes. nullptr: as many as there may be of this login, or from this network; refuse with
  // kTooMany.
  virtual std::shared_ptr<const void> begin(std::string_view login, std::string_view network,
                                            bool known) = 0;
};

}  // namespace pastille
