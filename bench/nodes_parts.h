// The parts of the scenario `nodes` that are a story of their own. Their figures go to `out`.
#pragma once

#include <string>
#include <vector>

#include "bench/nodes_stage.h"
#include "bench/report.h"

namespace pastille::bench {

// One change at a time at the first node, most of whose followers are at the last one, in turns
// with the floor of a delivery.
void deliver_across(const RunSize& size, const OwnPostgres& postgres, NodesStage& stage,
                    const std::vector<std::string>& statuses, Measured& out);

// The last node ends without a word, and its people come back to the others.
void node_dies(const RunSize& size, const OwnPostgres& postgres, Writings& writings,
               NodesStage& stage, Measured& out);

}  // namespace pastille::bench
