// Broadcast: what a delivery costs the server, and what it would cost a program that does nothing
// but write the frame. The two take turns, so that whatever else the machine does meets both.
#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "bench/changes.h"
#include "bench/floor.h"
#include "bench/scenarios.h"

namespace pastille::bench {
namespace {

using Clock = std::chrono::steady_clock;

// A goal that was set for connections without TLS.
std::optional<double> without_tls(const RunSize& size, double goal) {
  return size.tls ? std::nullopt : std::optional(goal);
}

struct Slice {
  double deliveries = 0;
  Nanos cpu{};
  double each_us() const {
    return std::chrono::duration<double, std::micro>(cpu).count() / deliveries;
  }
};

Slice of_floor(Floor& floor, const RunSize& size) {
  Slice slice;
  const Nanos before = floor.cpu();
  const auto until = Clock::now() + size.slice;
  do {
    floor.broadcast();
    slice.deliveries += static_cast<double>(size.connections);
  } while (Clock::now() < until);
  slice.cpu = floor.cpu() - before;
  return slice;
}

void hear(Stage& stage, const Changes& changes) {
  const bool heard =
      stage.fleet().turn_until([&] { return changes.all_arrived() && changes.all_acknowledged(); },
                               std::chrono::seconds(30));
  if (!heard) {
    throw std::runtime_error(
        fmt::format("of {} changes {} reached everyone", changes.sent(), changes.complete()));
  }
}

Slice of_server(Stage& stage, Changes& changes, const RunSize& size) {
  Slice slice;
  changes.forget();
  const Nanos before = stage.server().cpu();
  const auto until = Clock::now() + size.slice;
  do {
    changes.send_one(Clock::now());
    hear(stage, changes);
  } while (Clock::now() < until);
  slice.cpu = stage.server().cpu() - before;
  slice.deliveries = static_cast<double>(changes.deliveries());
  return slice;
}

// What a follower receives of one change.
std::size_t frame_size(Stage& stage, Changes& changes) {
  const std::uint64_t before = stage.fleet()[1].bytes;  // who gets no answer besides
  changes.send_one(Clock::now());
  hear(stage, changes);
  return stage.fleet()[1].bytes - before;
}

void take_turns(Stage& stage, const RunSize& size, Measured& out) {
  Changes changes(stage.fleet(), stage.seed().statuses);
  const auto followers = static_cast<std::uint32_t>(size.connections);
  changes.writers({0}, [=](std::size_t) { return followers; });
  changes.send_one(Clock::now());  // the first of its kind
  hear(stage, changes);
  const std::size_t bytes = frame_size(stage, changes);
  Floor floor(std::string(bytes, 'x'), size.connections);
  of_floor(floor, size);
  of_server(stage, changes, size);
  std::vector<double> floors;
  std::vector<double> servers;
  for (std::size_t pair = 0; pair < size.pairs; ++pair) {
    const Slice server = of_server(stage, changes, size);
    floors.push_back(of_floor(floor, size).each_us());
    servers.push_back(server.each_us());
    out.ratios.push_back(servers.back() / floors.back());
  }
  const Quartiles ratio = quartiles_of(out.ratios);
  out.figures.push_back(
      {"CPU per delivery, times the floor: median", ratio.median, "x", without_tls(size, 1.10)});
  out.figures.push_back({"  lower quartile", ratio.lower, "x"});
  out.figures.push_back({"  upper quartile", ratio.upper, "x"});
  out.figures.push_back({"  server", quartiles_of(servers).median, "us"});
  out.figures.push_back({"  floor", quartiles_of(floors).median, "us"});
  out.figures.push_back({"  a frame", static_cast<double>(bytes), "bytes"});
}

// Memory of a server that has people, none of them signed in.
double memory_without_sessions(const RunSize& size, const Seeded& seed) {
  const ServerProcess server(size.binary, seed.directory);
  return static_cast<double>(server.memory());
}

}  // namespace

Measured broadcast(const RunSize& size) {
  Measured out{.scenario = "broadcast"};
  out.about = fmt::format("one change to each of {} followers, {} pairs of slices of {} ms",
                          size.connections, size.pairs, size.slice.count());
  Seeded seed = seeded(size, "broadcast", size.connections, 0);
  const double people_only = memory_without_sessions(size, seed);
  seed.people = sign_in(seed.directory, size.connections);
  Stage stage(size, std::move(seed));
  const double signed_in = static_cast<double>(stage.server().memory());
  const auto each = static_cast<double>(size.connections);

  // Not present, so that it is connections alone that are measured.
  // Only the one who will change their status is.
  for (std::size_t i = 0; i < size.connections; ++i) {
    stage.fleet().dial(static_cast<std::uint32_t>(i), open_frame(i == 0, R"({"all":true})"));
  }
  if (!stage.fleet().turn_until([&] { return stage.fleet().open() == size.connections; },
                                std::chrono::seconds(60))) {
    out.missing.push_back("not all connections came to be open");
  }
  stage.settle();
  const double connected = static_cast<double>(stage.server().memory());
  out.figures.push_back({"memory per idle connection", (connected - signed_in) / each, "bytes",
                         size.tls ? 20'480 : 1'536});
  out.figures.push_back({"memory per idle connection, sign-in data included",
                         (connected - people_only) / each, "bytes", without_tls(size, 2'560)});
  take_turns(stage, size, out);
  if (stage.fleet().closed() > 0) out.missing.push_back("connections were lost");
  return out;
}

}  // namespace pastille::bench
