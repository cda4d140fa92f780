// What an operator may set of the live side.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/limits.h"

namespace pastille::push {

struct Settings {
  // Pings go out each heartbeat, 20 % sooner or later; what is silent for 1.6 of them is closed.
  std::chrono::milliseconds heartbeat{25'000};
  std::chrono::milliseconds tick = limits::kTick;
  std::chrono::milliseconds counts_every = limits::kCountsEvery;
  // After so long without a word of it a client has gone.
  std::chrono::milliseconds silence() const { return heartbeat * 8 / 5; }
  std::uint64_t seed = 1;  // of the jitter; give each hub its own
};

}  // namespace pastille::push
