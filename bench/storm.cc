// Everybody comes back at once with their positions, and what a fresh board costs on the wire.
#include <fmt/format.h>

#include "bench/scenarios.h"

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;

// Bytes of all frames that one more connection gets until it has the board.
double fresh_board(Stage& stage, Measured& out) {
  Fleet& fleet = stage.fleet();
  const std::size_t link = fleet.dial(0, open_frame(false, R"({"all":true})"));
  if (!fleet.turn_until([&] { return fleet[link].board; }, 20s)) {
    out.missing.push_back("no fresh board came");
  }
  return static_cast<double>(fleet[link].bytes);
}

// CPU of the server for each of `count` who come back, in an organisation of so many.
double reconnect_us(const RunSize& size, std::size_t people, std::size_t count) {
  Stage stage(size, seeded(size, "storm", people, count));
  stage.arrive(count);
  const Nanos before = stage.server().cpu();
  stage.come_back_following_all();
  return in_ms(stage.server().cpu() - before) * 1'000 / static_cast<double>(count);
}

// Does it cost more to come back to a large organisation?
void compare_organisations(const RunSize& size, Measured& out) {
  const std::size_t count = size.of(2'000);
  const std::size_t many = size.of(100'000);
  const double of_small = reconnect_us(size, count, count);
  const double of_large = reconnect_us(size, many, count);
  out.figures.push_back(
      {fmt::format("CPU per reconnect, {} of {} people", count, count), of_small, "us"});
  out.figures.push_back(
      {fmt::format("CPU per reconnect, {} of {} people", count, many), of_large, "us"});
  out.figures.push_back({"  large organisation, times the small", of_large / of_small, "x", 1.25});
}

}  // namespace

Measured storm(const RunSize& size) {
  const std::size_t count = size.connections;
  Measured out{.scenario = "storm"};
  out.about = fmt::format("{} connections come back at once with their positions", count);
  Stage stage(size, seeded(size, "storm", count, count));
  Fleet& fleet = stage.fleet();
  stage.arrive(count);
  std::size_t resumed = 0;
  fleet.on_frame([&](Link&, std::string_view json, SteadyTime) {
    if (json.starts_with(R"({"is":"ready")") && json.find(R"("resumed":true)") != json.npos) {
      ++resumed;
    }
  });
  const Nanos before = stage.server().cpu();
  const Nanos took = stage.come_back_following_all();
  const Nanos cpu = stage.server().cpu() - before;
  if (resumed != count) {
    out.missing.push_back(fmt::format("only {} of {} were resumed", resumed, count));
  }
  const auto each = static_cast<double>(count);
  out.figures = {
      {"until all are resumed", in_ms(took) / 1'000, "s", 5},
      {"server CPU per reconnect", in_ms(cpu) * 1'000 / each, "us"},
      {"a fresh board, per person on it", fresh_board(stage, out) / each, "bytes", 20},
  };
  compare_organisations(size, out);
  return out;
}

}  // namespace pastille::bench
