#include "server/metrics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "app/ports/memory_nodes.h"
#include "app/ports/memory_store.h"
#include "server/readings.h"
#include "server/store_watch.h"
#include "unicode/icu_calendar.h"
#include "unicode/icu_unicode.h"

namespace pastille::server {
namespace {

class NoFeed final : public Feed {
 public:
  void publish(std::shared_ptr<const Publication>) override {}
  void stale(Time) override {}
  void fresh() override {}
  void begun_anew(std::shared_ptr<const Organisation>) override {}
};

std::set<std::string> documented() {
  std::ifstream in("docs/operations/metrics.md");
  std::set<std::string> names;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("| `pastille_")) continue;
    names.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return names;
}

TEST(MetricsTest, TheDocumentListsWhatIsMeasuredAndNothingElse) {
  MemoryStore store;
  NoFeed feed;
  const SystemClock clock;
  const IcuUnicode unicode;
  const IcuCalendar calendar;
  Metrics metrics;
  StoreWatch watch(store, true, [&](std::size_t events, std::chrono::microseconds took) {
    metrics.committed(events, took);
  });
  const Workspace workspace({.store = watch,
                             .feed = feed,
                             .clock = clock,
                             .unicode = unicode,
                             .calendar = calendar,
                             .settings = {}});
  const push::Figures figures;
  metrics.add_readings(server_readings(workspace, {&figures}, figures));
  metrics.add_readings(node_readings(workspace, clock));
  metrics.add_readings({certificate_reading([] { return std::chrono::system_clock::now(); })});
  metrics.answered("/healthz", "GET", 200, std::chrono::microseconds(5));
  metrics.refused(Problem::kNotFound);
  const auto names = metrics.names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()), documented());
}

TEST(MetricsTest, TheLeaseGrowsOldAsLongAsTheDatabaseIsAway) {
  FakeClock clock{Time(Duration(1'795'000'000'000))};
  MemoryNodes nodes(clock);
  MemoryNode node(nodes);
  NoFeed feed;
  const IcuUnicode unicode;
  const IcuCalendar calendar;
  Workspace workspace({.store = node,
                       .feed = feed,
                       .clock = clock,
                       .unicode = unicode,
                       .calendar = calendar,
                       .settings = {},
                       .nodes = &node});
  const auto readings = node_readings(workspace, clock);
  const auto age = std::ranges::find(readings, "pastille_node_lease_age_seconds", &Reading::name);
  ASSERT_NE(age, readings.end());
  EXPECT_EQ(age->read(), 0);
  node.cut(true);
  clock.tick(std::chrono::milliseconds(12'500));
  EXPECT_EQ(age->read(), 12.5);
  workspace.stop();
}

TEST(MetricsTest, APortOfZeroTakesAFreeOne) {
  Metrics metrics;
  const Address where = metrics.listen({.host = "127.0.0.1", .port = 0});
  EXPECT_NE(where.port, 0);
}

}  // namespace
}  // namespace pastille::server
