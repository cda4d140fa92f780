#include <gtest/gtest.h>

#include <iostream>
#include <random>
#include <string>
#include <string_view>

#include "options.h"

namespace pastille {
namespace {

SimulationOptions& asked_for() {
  static SimulationOptions options;
  return options;
}

bool read(std::string_view argument) {
  const auto value_of = [&](std::string_view name) -> std::string {
    return argument.starts_with(name) ? std::string(argument.substr(name.size())) : std::string();
  };
  SimulationOptions& options = asked_for();
  if (const auto seed = value_of("--seed="); !seed.empty()) {
    options.seed = std::stoull(seed);
  } else if (const auto runs = value_of("--runs="); !runs.empty()) {
    options.runs = std::stoi(runs);
  } else if (const auto steps = value_of("--steps="); !steps.empty()) {
    options.steps = std::stoi(steps);
  } else {
    return false;
  }
  return true;
}

}  // namespace

const SimulationOptions& simulation_options() { return asked_for(); }

}  // namespace pastille

int main(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  for (int index = 1; index < count; ++index) {
    if (!pastille::read(arguments[index])) {
      std::cerr << "usage: pastille_simulation [--seed=N] [--runs=N] [--steps=N]\n";
      return 2;
    }
  }
  pastille::SimulationOptions& options = pastille::asked_for();
  if (options.seed == 0) options.seed = std::random_device()();
  return RUN_ALL_TESTS();
}
