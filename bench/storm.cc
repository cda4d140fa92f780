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
  return out;
}

}  // namespace pastille::bench
