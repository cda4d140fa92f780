#include "bench/nodes_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace pastille::bench {
namespace {

constexpr std::chrono::seconds kPatience{120};
constexpr std::string_view kNobody = R"({"users":[]})";
constexpr std::string_view kEveryone = R"({"all":true})";

std::uint16_t start_all(std::deque<ServerProcess>& nodes, const RunSize& size,
                        const std::string& url, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto own = size.work / "nodes" / fmt::format("node{}", i);
    nodes.emplace_back(size.binary, own, std::vector<std::string>{"--database", url});
  }
  return nodes.front().port();
}

}  // namespace

NodesStage::NodesStage(const RunSize& size, const OwnPostgres& postgres,
                       const std::string& database, const Seeded& seed, std::size_t nodes,
                       const Crowd& crowd)
    : crowd_(crowd),
      fleet_(start_all(nodes_, size, postgres.url(database), nodes), seed.people, false) {
  const std::size_t all = watchers_end();
  for (std::size_t i = 0; i < all; ++i) {
    const bool writes = i < crowd.writers;
    fleet_.dial(static_cast<std::uint32_t>(i),
                open_frame(writes, std::string(writes ? kNobody : kEveryone)),
                nodes_[i % nodes].port());
  }
  if (!fleet_.turn_until([&] { return fleet_.open() == all; }, kPatience)) {
    throw std::runtime_error(
        fmt::format("only {} of {} connections came to be open", fleet_.open(), all));
  }
  settle(fleet_);
}

// Nobody pays n * n entries for the bench's own beginning: they come, and then come back with a
// position and follow everyone.
void NodesStage::come(std::size_t node, std::size_t count) {
  const std::size_t first = fleet_.size();
  const std::size_t open = fleet_.open() + count;
  const auto wait = [&](const char* what) {
    if (!fleet_.turn_until([&] { return fleet_.open() == open; }, kPatience)) {
      throw std::runtime_error(what);
    }
    settle(fleet_);
  };
  for (std::size_t i = first; i < first + count; ++i) {
    fleet_.dial(static_cast<std::uint32_t>(i), open_frame(true, std::string(kNobody)),
                nodes_[node].port());
  }
  wait("not all came to the node");
  std::uint64_t seq = 0;
  for (std::size_t i = 0; i < fleet_.size(); ++i) seq = std::max(seq, fleet_[i].seq);
  for (std::size_t i = first; i < fleet_.size(); ++i) {
    fleet_.redial(i, open_frame_from(fleet_.epoch(), seq, std::string(kEveryone)));
  }
  wait("not all came back to the node");
}

void NodesStage::write(Changes& changes, bool all_nodes) const {
  std::vector<std::size_t> writers;
  const std::size_t step = all_nodes ? 1 : nodes_.size();
  for (std::size_t i = 0; i < crowd_.writers; i += step) writers.push_back(i);
  // One's own change comes to oneself, too.
  const auto hearers = static_cast<std::uint32_t>(crowd_.watchers * nodes_.size() + 1);
  changes.writers(std::move(writers), [=](std::size_t) { return hearers; });
}

Nanos NodesStage::cpu() const {
  Nanos all{};
  for (const ServerProcess& each : nodes_) {
    if (each.runs()) all += each.cpu();
  }
  return all;
}

Nanos NodesStage::waited() const {
  Nanos all{};
  for (const ServerProcess& each : nodes_) {
    if (each.runs()) all += waited_by(each.id());
  }
  return all;
}

Nanos NodesStage::slowest_start() const {
  Nanos most{};
  for (const ServerProcess& each : nodes_) most = std::max(most, each.started_in());
  return most;
}

}  // namespace pastille::bench
