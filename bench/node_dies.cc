#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "bench/nodes_parts.h"

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kComeBackWithin = 3s;  // as the pages do, with full jitter
constexpr std::string_view kUser = R"("user":)";

struct Return {
  SteadyTime due;
  std::size_t link = 0;
};

// Listens to the whole fleet from before the end of the node.
class Returns {
 public:
  Returns(NodesStage& stage, std::size_t dead)
      : stage_(stage), fleet_(stage.fleet()), dead_(dead), due_(fleet_.size()) {
    fleet_.on_frame(
        [this](Link& link, std::string_view json, SteadyTime now) { hear(link, json, now); });
  }
  ~Returns() { fleet_.on_frame({}); }
  Returns(const Returns&) = delete;
  Returns& operator=(const Returns&) = delete;

  // Everyone who was present there, each at a time of their own. False: some are not back.
  bool come_back(SteadyTime died, Nanos spread) {
    draw(died, spread);
    auto next = coming_.begin();
    while (back_.count() < coming_.size() && Clock::now() < died + kPatience) {
      for (; next != coming_.end() && next->due <= Clock::now(); ++next) come_back_one(*next);
      fleet_.turn(next == coming_.end() ? Clock::now() + 50ms : next->due);
    }
    return back_.count() == coming_.size();
  }

  std::size_t count() const { return coming_.size(); }
  const Histogram& back() const { return back_; }  // from when one came to the ready
  std::size_t unresumed() const { return unresumed_; }
  std::size_t changed() const { return changed_; }  // entries that somebody was sent

 private:
  void draw(SteadyTime died, Nanos spread) {
    std::mt19937 random{4711};  // the same at every run
    std::uniform_int_distribution<Nanos::rep> within(0, spread.count());
    const std::uint16_t port = stage_[dead_].port();
    for (std::size_t i = 0; i < fleet_.size(); ++i) {
      if (fleet_[i].port != port || stage_.watches(i)) continue;
      coming_.push_back({.due = died + Nanos(within(random)), .link = i});
    }
    std::ranges::sort(coming_, {}, &Return::due);
  }

  void come_back_one(const Return& each) {
    const bool follows = each.link >= stage_.watchers_end();
    due_[each.link] = each.due;
    const std::string open =
        follows ? open_frame_from(fleet_.epoch(), fleet_[each.link].seq, R"({"all":true})")
                : open_frame(true, R"({"users":[]})");
    fleet_.redial(each.link, open, stage_[each.link % dead_].port());
  }

  void hear(const Link& link, std::string_view json, SteadyTime now) {
    if (json.starts_with(R"({"is":"ready")")) {
      back_.add(now - due_[link.person]);
      const bool resumed = json.find(R"("resumed":true)") != json.npos;
      if (!resumed && link.person >= stage_.watchers_end()) ++unresumed_;
    } else if (json.starts_with(R"({"is":"changes")")) {
      for (auto at = json.find(kUser); at != json.npos; at = json.find(kUser, at + 1)) ++changed_;
    }
  }

  NodesStage& stage_;
  Fleet& fleet_;
  std::size_t dead_;
  std::vector<SteadyTime> due_;  // by link
  std::vector<Return> coming_;
  Histogram back_;
  std::size_t unresumed_ = 0;
  std::size_t changed_ = 0;
};

// Until the others have taken it for dead and removed its rows. In a small run nobody waits for
// the end of a lease.
void wait_for_burial(const RunSize& size, NodesStage& stage, Writings& writings, SteadyTime died,
                     Measured& out) {
  const auto buried = [&] {
    return writings.number("SELECT count(*) FROM nodes") < static_cast<long>(stage.size());
  };
  const SteadyTime last = size.small ? Clock::now() + 1s : died + 30s;
  bool seen = buried();
  while (!seen && Clock::now() < last) {
    turn_for(stage.fleet(), 100ms);
    seen = buried();
  }
  if (size.small) return;
  if (!seen) out.missing.push_back("the dead node was not taken for dead");
  out.figures.push_back({"  until it is taken for dead", in_ms(Clock::now() - died) / 1'000, "s"});
}

}  // namespace

void node_dies(const RunSize& size, const OwnPostgres& postgres, Writings& writings,
               NodesStage& stage, Measured& out) {
  const std::size_t dead = stage.size() - 1;
  settle(stage.fleet());
  Returns returns(stage, dead);
  stage[dead].kill();
  const auto died = Clock::now();
  const Nanos nodes = stage.cpu();
  const Nanos waited = stage.waited();
  const Nanos beside = postgres.cpu();
  if (!returns.come_back(died, size.small ? kComeBackWithin / 10 : kComeBackWithin)) {
    out.missing.push_back(fmt::format("{} of {} came back from the dead node",
                                      returns.back().count(), returns.count()));
  }
  const double took = in_ms(Clock::now() - died);
  const auto each = static_cast<double>(returns.count());
  const std::vector<Figure> figures = {
      {fmt::format("a node dies: until its {} are back at the others", returns.count()),
       took / 1'000, "s", 5},
      {"  each, from when one comes: p50", in_ms(returns.back().quantile(0.5)), "ms"},
      {"  p99", in_ms(returns.back().quantile(0.99)), "ms"},
      {"  CPU of the other nodes for each", in_ms(stage.cpu() - nodes) * 1'000 / each, "us"},
      {"  CPU of PostgreSQL for each", in_ms(postgres.cpu() - beside) * 1'000 / each, "us"},
      {"  nodes' threads waiting for the core", 100 * in_ms(stage.waited() - waited) / took,
       "% of the time"},
  };
  out.figures.insert(out.figures.end(), figures.begin(), figures.end());
  wait_for_burial(size, stage, writings, died, out);
  settle(stage.fleet());
  out.figures.push_back({"  entries that colleagues saw change meanwhile",
                         static_cast<double>(returns.changed()), "", 0});
  if (returns.changed() > 0) out.missing.push_back("colleagues saw them come and go");
  if (returns.unresumed() > 0) {
    out.missing.push_back(fmt::format("{} were not resumed", returns.unresumed()));
  }
}

}  // namespace pastille::bench
