// How many instructions of the server itself (not of the kernel) one more delivery takes: counted
// by valgrind's callgrind, so that another machine, or a busy one, counts the same.
#include <fmt/format.h>

#include <fstream>
#include <stdexcept>
#include <utility>

#include "bench/changes.h"
#include "bench/scenarios.h"

namespace pastille::bench {
namespace {

using Clock = std::chrono::steady_clock;

double total_in(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::string word;
  double total = 0;
  while (in >> word) {
    if (word == "totals:" && in >> total) return total;
  }
  throw std::runtime_error("callgrind counted nothing: is valgrind installed?");
}

// Of a whole life of the server: so many come, so many changes reach all of them, it ends.
double instructions_of(RunSize size, std::size_t followers, std::size_t count) {
  const auto counts = size.work / "callgrind.out";
  std::filesystem::remove(counts);
  size.under = {"valgrind", "--tool=callgrind", "--callgrind-out-file=" + counts.string()};
  {
    Stage stage(size, seeded(size, "instructions", followers, followers));
    stage.arrive(followers);
    stage.come_back_following_all();
    stage.settle();
    Changes changes(stage.fleet(), stage.seed().statuses);
    changes.writers({0}, [=](std::size_t) { return static_cast<std::uint32_t>(followers); });
    for (std::size_t i = 0; i < count; ++i) {
      changes.send_one(Clock::now());
      if (!stage.fleet().turn_until(
              [&] { return changes.all_arrived() && changes.all_acknowledged(); },
              std::chrono::seconds(60))) {
        throw std::runtime_error("a change did not arrive");
      }
    }
  }
  return total_in(counts);
}

// Of one change that reaches so many.
double of_change(const RunSize& size, std::size_t followers) {
  const std::size_t few = size.small ? 5 : 50;
  const std::size_t many = size.small ? 15 : 250;
  return (instructions_of(size, followers, many) - instructions_of(size, followers, few)) /
         static_cast<double>(many - few);
}

}  // namespace

Measured instructions(const RunSize& size) {
  const std::size_t few = size.small ? 10 : 100;
  const std::size_t many = size.small ? 50 : 500;
  Measured out{.scenario = "instructions"};
  out.about = fmt::format("instructions of the server: {} followers against {}", many, few);
  const double of_few = of_change(size, few);
  const double of_many = of_change(size, many);
  const double each = (of_many - of_few) / static_cast<double>(many - few);
  out.figures = {
      {"of one more delivery", each, "instructions"},
      {"of a change, without its deliveries", of_few - each * static_cast<double>(few),
       "instructions"},
  };
  return out;
}

}  // namespace pastille::bench
