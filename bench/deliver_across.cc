#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "bench/floor.h"
#include "bench/nodes_parts.h"

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

void send_and_wait(NodesStage& stage, Changes& changes) {
  changes.send_one(Clock::now());
  if (!stage.fleet().turn_until([&] { return changes.all_arrived() && changes.all_acknowledged(); },
                                30s)) {
    throw std::runtime_error(
        fmt::format("of {} changes {} reached everyone", changes.sent(), changes.complete()));
  }
}

struct Slice {
  double nodes_us = 0;     // CPU for a delivery
  double postgres_us = 0;  // for a change
};

Slice of_nodes(const RunSize& size, const OwnPostgres& postgres, NodesStage& stage,
               Changes& changes) {
  changes.forget();
  const Nanos nodes = stage.cpu();
  const Nanos beside = postgres.cpu();
  const auto until = Clock::now() + size.slice;
  do {
    send_and_wait(stage, changes);
  } while (Clock::now() < until);
  const auto us = [](Nanos cpu, double count) { return in_ms(cpu) * 1'000 / count; };
  return {.nodes_us = us(stage.cpu() - nodes, static_cast<double>(changes.deliveries())),
          .postgres_us = us(postgres.cpu() - beside, static_cast<double>(changes.sent()))};
}

double of_floor(Floor& floor, const RunSize& size, std::size_t connections) {
  double deliveries = 0;
  const Nanos before = floor.cpu();
  const auto until = Clock::now() + size.slice;
  do {
    floor.broadcast();
    deliveries += static_cast<double>(connections);
  } while (Clock::now() < until);
  return in_ms(floor.cpu() - before) * 1'000 / deliveries;
}

// What the last of the followers receives of one change.
std::size_t frame_size(NodesStage& stage, Changes& changes) {
  Link& last = stage.fleet()[stage.fleet().size() - 1];
  const std::uint64_t before = last.bytes;
  send_and_wait(stage, changes);
  return last.bytes - before;
}

}  // namespace

void deliver_across(const RunSize& size, const OwnPostgres& postgres, NodesStage& stage,
                    const std::vector<std::string>& statuses, Measured& out) {
  const std::size_t count = stage.fleet().size() - stage.watchers_end();
  Changes changes(stage.fleet(), statuses);
  const auto hearers = static_cast<std::uint32_t>(stage.followers() + 1);
  changes.writers({0}, [=](std::size_t) { return hearers; });
  of_nodes(size, postgres, stage, changes);
  Floor floor(std::string(frame_size(stage, changes), 'x'), count);
  of_floor(floor, size, count);
  std::vector<double> postgres_us;
  for (std::size_t pair = 0; pair < std::max<std::size_t>(size.pairs / 3, 2); ++pair) {
    const Slice slice = of_nodes(size, postgres, stage, changes);
    postgres_us.push_back(slice.postgres_us);
    out.ratios.push_back(slice.nodes_us / of_floor(floor, size, count));
  }
  const Quartiles ratio = quartiles_of(out.ratios);
  const std::vector<Figure> figures = {
      {fmt::format("one change to {} at another node, CPU per delivery", count), ratio.median,
       "x the floor"},
      {"  lower quartile", ratio.lower, "x"},
      {"  upper quartile", ratio.upper, "x"},
      {"  CPU of PostgreSQL for such a change", quartiles_of(postgres_us).median, "us"},
  };
  out.figures.insert(out.figures.end(), figures.begin(), figures.end());
}

}  // namespace pastille::bench
