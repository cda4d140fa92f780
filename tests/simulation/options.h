// What a run of the simulation was asked to do: --seed=N --runs=N --steps=N.
#pragma once

#include <cstdint>

namespace pastille {

struct SimulationOptions {
  std::uint64_t seed = 0;  // 0: a random one
  int runs = 10;           // each with a seed of its own, from a fresh start
  int steps = 500;
};

// Set by main() before the tests run.
const SimulationOptions& simulation_options();

}  // namespace pastille
