// One, two and three nodes on one PostgreSQL: how many changes become durable, when they arrive at
// the other nodes, how often PostgreSQL is written to, and what a node that dies costs.
//
// All nodes run on one core, the client on the other, and PostgreSQL wherever there is room. So
// more nodes cannot do more here than one; what they cost each other is what the figures say, and
// how much they waited for the core stands beside them.
#include <fmt/format.h>

#include <string>
#include <utility>

#include "bench/nodes_parts.h"
#include "bench/scenarios.h"

namespace pastille::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr double kBatches = 25;  // a second and node: limits::kBatchApart
constexpr double kBeat = 1.5;    // a second and node: a lease is renewed after 0.7 s at the soonest
constexpr std::chrono::milliseconds kWriterApart{70};  // fewer than 20 frames a second

struct Measuring {
  const RunSize& size;
  OwnPostgres& postgres;
  NodesStage& stage;
  Writings& writings;
  Changes& changes;
  Measured& out;

  void add(std::string name, double value, std::string unit,
           std::optional<double> at_most = {}) const {
    out.figures.push_back(
        {fmt::format("{} node{}: {}", stage.size(), stage.size() == 1 ? "" : "s", name), value,
         std::move(unit), at_most});
  }
};

// PostgreSQL's processes tell it up to a second later.
double counted_late(const Measuring& m) {
  if (!m.size.small) turn_for(m.stage.fleet(), 1200ms);
  return static_cast<double>(m.writings.rolled_back());
}

// What a stretch of time cost, from when this was made.
class Stretch {
 public:
  explicit Stretch(const Measuring& m)
      : m_(m),
        late_(counted_late(m)),
        logged_(m.writings.logged()),
        written_(m.writings.so_far()),
        nodes_(m.stage.cpu()),
        waited_(m.stage.waited()),
        postgres_(m.postgres.cpu()),
        began_(Clock::now()) {}

  // `count` changes were made.
  void add_to_figures(double count) const {
    const double took = std::chrono::duration<double>(Clock::now() - began_).count();
    const Nanos nodes = m_.stage.cpu() - nodes_;
    const Nanos waited = m_.stage.waited() - waited_;
    const Nanos postgres = m_.postgres.cpu() - postgres_;
    const std::int64_t logged = m_.writings.logged();
    const Writings::Count now = m_.writings.so_far();
    const double late = counted_late(m_);
    const double per_node = took * static_cast<double>(m_.stage.size());
    m_.add("  batches a second and node", (now.batches - written_.batches) / per_node, "",
           kBatches + 1 / took);
    m_.add("  transactions with a number, late ones too",
           (now.transactions - written_.transactions) / per_node, "a second and node");
    m_.add("  late: another node was first", (late - late_) / per_node, "a second and node");
    m_.add("  CPU of the nodes for a change", in_ms(nodes) * 1'000 / count, "us");
    m_.add("  CPU of PostgreSQL for a change", in_ms(postgres) * 1'000 / count, "us");
    m_.add("  PostgreSQL's log for a change", static_cast<double>(logged - logged_) / count,
           "bytes");
    m_.add("  nodes' threads waiting for the core", in_ms(waited) / took / 10, "% of the time");
  }

 private:
  const Measuring& m_;
  double late_;
  std::int64_t logged_;
  Writings::Count written_;
  Nanos nodes_;
  Nanos waited_;
  Nanos postgres_;
  SteadyTime began_;
};

void check(const Measuring& m, bool deliveries) {
  if (deliveries && !m.changes.all_arrived()) {
    m.out.missing.push_back(fmt::format("{} nodes: {} of {} changes did not reach everyone",
                                        m.stage.size(), m.changes.sent() - m.changes.complete(),
                                        m.changes.sent()));
  }
  if (!m.changes.all_acknowledged()) {
    m.out.missing.push_back(
        fmt::format("{} nodes: {} of {} changes were not acknowledged, {} "
                    "refused",
                    m.stage.size(), m.changes.sent() - m.changes.acknowledged(), m.changes.sent(),
                    m.changes.refused()));
  }
  if (m.stage.fleet().closed() > 0) m.out.missing.push_back("connections were lost");
}

// One change at a time, against a commit of one row that does nothing else.
void one_at_a_time(const Measuring& m) {
  const std::size_t rounds = m.size.small ? 10 : 100;
  m.stage.write(m.changes, true);
  CommitFloor floor(m.postgres);
  for (std::size_t i = 0; i < rounds; ++i) {
    m.changes.send_one(Clock::now());
    m.stage.fleet().turn_until(
        [&] { return m.changes.all_arrived() && m.changes.all_acknowledged(); }, 30s);
    turn_for(m.stage.fleet(), 60ms);  // longer than a tick, and than batches are apart
    floor.once();
  }
  check(m, true);
  const double commit = in_ms(floor.taken().quantile(0.5));
  const double durable = in_ms(m.changes.durable().quantile(0.5));
  m.add("one change at a time: acknowledged, p50", durable, "ms");
  m.add("  times a commit of one row", durable / commit, "x");
  m.add("  a commit of one row: p50", commit, "ms");
  m.add("  p99", in_ms(floor.taken().quantile(0.99)), "ms");
  m.add("  CPU of PostgreSQL for it", floor.cpu_us(rounds), "us");
  if (m.stage.size() > 1) {
    m.add("  at the other nodes' followers: p50", in_ms(m.changes.elsewhere().quantile(0.5)), "ms");
  }
  m.changes.forget();
}

void at_a_rate(const Measuring& m) {
  const double rate = m.size.small ? 50 : 500;
  m.stage.write(m.changes, true);
  const Stretch stretch(m);
  m.changes.run(rate, m.size.length, 30s);
  const bool alone = m.stage.size() == 1;
  const Histogram& taken = alone ? m.changes.each() : m.changes.elsewhere();
  m.add(fmt::format("{} changes a second, to {}: p50", rate,
                    alone ? "the followers" : "those at other nodes"),
        in_ms(taken.quantile(0.5)), "ms");
  m.add("  p95", in_ms(taken.quantile(0.95)), "ms");
  m.add("  p99", in_ms(taken.quantile(0.99)), "ms", 150);
  m.add("  most", in_ms(taken.most()), "ms");
  stretch.add_to_figures(static_cast<double>(m.changes.sent()));
  check(m, true);
  m.changes.forget();
}

// Where all changes are made at one node: what they cost it, and what they cost the others.
void at_one_node(const Measuring& m) {
  const double rate = m.size.small ? 50 : 500;
  m.stage.write(m.changes, false);
  const Nanos first = m.stage[0].cpu();
  const Nanos all = m.stage.cpu();
  m.changes.run(rate, m.size.length / 2, 30s);
  const Nanos of_first = m.stage[0].cpu() - first;
  const Nanos of_others = m.stage.cpu() - all - of_first;
  const auto count = static_cast<double>(m.changes.sent());
  m.add("a change made at one: CPU of that node", in_ms(of_first) * 1'000 / count, "us");
  m.add("  CPU of each other",
        in_ms(of_others) * 1'000 / count / static_cast<double>(m.stage.size() - 1), "us");
  check(m, true);
  m.changes.forget();
}

void at_saturation(const Measuring& m) {
  m.stage.write(m.changes, true);
  const Stretch stretch(m);
  const std::size_t done = m.changes.run_full(m.size.length, kWriterApart, 30s);
  m.add("all writers at once: durable changes",
        static_cast<double>(done) * 1'000 / static_cast<double>(m.size.length.count()), "a second");
  m.add("  acknowledged: p50", in_ms(m.changes.durable().quantile(0.5)), "ms");
  m.add("  p99", in_ms(m.changes.durable().quantile(0.99)), "ms");
  stretch.add_to_figures(static_cast<double>(m.changes.sent()));
  check(m, false);
  m.changes.forget();
  settle(m.stage.fleet());
}

// Nothing changes: what nodes write all the same.
void beat(const Measuring& m) {
  const Writings::Count before = m.writings.so_far();
  const Nanos postgres = m.postgres.cpu();
  const auto began = Clock::now();
  turn_for(m.stage.fleet(), m.size.length / 2);
  const double took = std::chrono::duration<double>(Clock::now() - began).count();
  const double each = took * static_cast<double>(m.stage.size());
  m.add("nothing changes: transactions that wrote",
        (m.writings.so_far().transactions - before.transactions) / each, "a second and node",
        kBeat);
  m.add("  CPU of PostgreSQL", in_ms(m.postgres.cpu() - postgres) / each / 10,
        "% of a core, a node");
}

}  // namespace

Measured nodes(const RunSize& size) {
  const std::size_t people = size.of(100'000);
  const Crowd crowd{.writers = size.of(1'500), .watchers = size.of(100)};
  Measured out{.scenario = "nodes"};
  out.about =
      fmt::format("{} people, {} writers, {} followers of all at each node; all nodes on one core",
                  people, crowd.writers, crowd.watchers);
  OwnPostgres postgres(size.with_postgres);
  if (postgres.in_memory()) out.missing.push_back("PostgreSQL's files are in memory: set TMPDIR");
  const Seeded seed =
      seeded(size, "nodes", people, crowd.writers + 3 * crowd.watchers + size.connections);
  postgres.make("seed");
  run_to_end({size.binary, "move", postgres.url("seed"), "--data", seed.directory});
  postgres.tidy_up("seed");
  for (const std::size_t count : {1U, 2U, 3U}) {
    if (size.small && count == 2) continue;
    const std::string database = fmt::format("nodes{}", count);
    postgres.copy("seed", database);
    if (!size.small) postgres.tidy_up(database);
    NodesStage stage(size, postgres, database, seed, count, crowd);
    Writings writings(postgres, database);
    {
      Changes changes(stage.fleet(), seed.statuses);
      const Measuring measuring{size, postgres, stage, writings, changes, out};
      measuring.add("slowest start until ready", in_ms(stage.slowest_start()) / 1'000, "s");
      measuring.add("  memory of a node", static_cast<double>(stage[0].memory()) / 1e6, "MB");
      one_at_a_time(measuring);
      at_a_rate(measuring);
      at_saturation(measuring);
      if (count < 3) continue;
      at_one_node(measuring);
      beat(measuring);
    }
    stage.come(count - 1, size.connections);
    deliver_across(size, postgres, stage, seed.statuses, out);
    out.figures.push_back({"  memory of the node with all of them",
                           static_cast<double>(stage[count - 1].memory()) / 1e6, "MB"});
    node_dies(size, postgres, writings, stage, out);
  }
  return out;
}

}  // namespace pastille::bench
