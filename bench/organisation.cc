// A large organisation: how soon the server is ready, and what it costs when few of its people are
// followed by each connection.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "bench/changes.h"
#include "bench/scenarios.h"

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Each of `connections` follows that many of the people who are connected too.
struct Follows {
  std::vector<std::string> frames;          // one a connection
  std::vector<std::uint32_t> followers_of;  // by connection's person, with themselves
};

Follows draw(const std::vector<SignedIn>& people, std::size_t connections, std::size_t each) {
  Follows drawn{.frames = {}, .followers_of = std::vector<std::uint32_t>(people.size(), 0)};
  std::mt19937 random{4711};  // the same at every run
  std::uniform_int_distribution<std::size_t> anyone(0, people.size() - 1);
  for (std::size_t i = 0; i < connections; ++i) {
    std::vector<std::size_t> set = {i};  // one's own entry comes in any case
    while (set.size() < std::min(each, people.size())) {
      const std::size_t one = anyone(random);
      if (std::ranges::find(set, one) == set.end()) set.push_back(one);
    }
    std::string users;
    for (const std::size_t one : set) {
      ++drawn.followers_of[one];
      users += fmt::format(R"({}"{}")", users.empty() ? "" : ",", people[one].user);
    }
    drawn.frames.push_back(open_frame(true, fmt::format(R"({{"users":[{}]}})", users)));
  }
  return drawn;
}

}  // namespace

Measured organisation(const RunSize& size) {
  const std::size_t people = size.of(100'000);
  const std::size_t rows = size.small ? 5'000 : 1'000'000;
  // The client, too, needs a descriptor for each.
  const std::size_t connections = std::min(size.of(20'000), raise_descriptor_limit() - 200);
  Measured out{.scenario = "organisation"};
  out.about = fmt::format("{} people, {} history entries, {} connections that follow 50 each",
                          people, rows, connections);
  Seeded seed = seeded(size, "organisation", people, connections);
  add_histories(seed.directory, rows);
  const Follows follows = draw(seed.people, connections, 50);
  Stage stage(size, std::move(seed));
  const Nanos start_cpu = stage.server().cpu();
  const Nanos start_waited = waited_by(stage.server().id());
  Fleet& fleet = stage.fleet();
  for (std::size_t i = 0; i < connections; ++i) {
    fleet.dial(static_cast<std::uint32_t>(i), follows.frames[i]);
  }
  const bool all = fleet.turn_until([&] { return fleet.open() == connections; }, 90s);
  if (!all) out.missing.push_back(fmt::format("{} of {} opened", fleet.open(), connections));
  stage.settle();
  Changes changes(fleet, stage.seed().statuses);
  std::vector<std::size_t> writers;
  for (std::size_t i = 0; i < connections; i += 2) writers.push_back(i);
  changes.writers(std::move(writers), [&](std::size_t link) { return follows.followers_of[link]; });
  const Nanos cpu = stage.server().cpu();
  const auto began = Clock::now();
  changes.run(300, size.length, 30s);
  const double took = std::chrono::duration<double>(Clock::now() - began).count();
  const double used = std::chrono::duration<double>(stage.server().cpu() - cpu).count();
  if (!changes.all_arrived()) {
    out.missing.push_back(fmt::format("{} of {} changes did not reach all followers",
                                      changes.sent() - changes.complete(), changes.sent()));
  }
  if (fleet.closed() > 0) out.missing.push_back("connections were lost");
  out.figures = {
      {"start until ready", in_ms(stage.server().started_in()) / 1'000, "s", 2},
      {"  CPU used for it", in_ms(start_cpu) / 1'000, "s"},
      {"  waiting for its core", in_ms(start_waited) / 1'000, "s"},
      {"server CPU at 300 changes a second", 100 * used / took, "% of a core", 60},
      {"memory in all", static_cast<double>(stage.server().memory()) / 1e6, "MB", 250},
      {"request to last delivery: p99", in_ms(changes.last().quantile(0.99)), "ms"},
      {"deliveries", static_cast<double>(changes.deliveries()) / took, "a second"},
  };
  return out;
}

}  // namespace pastille::bench
