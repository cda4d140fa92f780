#include "wire/nodes_json.h"

#include <gtest/gtest.h>

#include "app/ports/nodes.h"

namespace pastille {
namespace {

std::string written(const NodesShown& shown, NodeId self = {}) {
  std::string out;
  JsonWriter json(out);
  write_nodes(json, shown, self);
  return out;
}

NodesShown one(Duration silent_for, std::uint64_t seq) {
  return {.head = 40, .nodes = {{.id = NodeId{3}, .silent_for = silent_for, .seq = seq}}};
}

TEST(NodesJson, SaysAllOfEachNodeAndWhichOneAnswers) {
  const NodesShown shown{.head = 40,
                         .nodes = {{.id = NodeId{3},
                                    .name = "desk \"1\"",
                                    .version = "0.1.0",
                                    .started_at = Time(Duration(1)),
                                    .looked_at = Time(Duration(2)),
                                    .silent_for = Duration(400),
                                    .seq = 38,
                                    .present = 120}}};
  EXPECT_EQ(written(shown, NodeId{3}),
            R"({"items":[{"id":"d3","name":"desk \"1\"","version":"0.1.0","self":true,)"
            R"("started_at":"1970-01-01T00:00:00.001Z","seen_at":"1970-01-01T00:00:00.002Z",)"
            R"("silent_ms":400,"behind":2,"present":120,"state":"ready"}],)"
            R"("total":1,"next":null,"seq":40})");
  EXPECT_NE(written(shown, NodeId{4}).find(R"("self":false)"), std::string::npos);
}

TEST(NodesJson, CallsANodeSilentOnceMoreThanHalfItsLeaseIsGone) {
  const Duration half = Duration(kLease) / 2;
  EXPECT_NE(written(one(half, 40)).find(R"("state":"ready")"), std::string::npos);
  EXPECT_NE(written(one(half + Duration(1), 40)).find(R"("state":"silent")"), std::string::npos);
}

// The clock of the database was set back, or the node is of a store that had more events.
TEST(NodesJson, KnowsNoNegativeNumbers) {
  const std::string text = written(one(Duration(-1), 41));
  EXPECT_NE(text.find(R"("silent_ms":0,"behind":0,)"), std::string::npos) << text;
}

}  // namespace
}  // namespace pastille
