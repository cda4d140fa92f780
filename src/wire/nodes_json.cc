#include "wire/nodes_json.h"

#include <algorithm>

#include "app/ports/nodes.h"

namespace pastille {
namespace {

void write_node(JsonWriter& json, const NodeShown& node, std::uint64_t head, NodeId self) {
  json.begin_object()
      .field("id", node.id)
      .field("name", node.name)
      .field("version", node.version)
      .field("self", node.id == self)
      .field("started_at", node.started_at)
      .field("seen_at", node.looked_at)
      .field("silent_ms", std::max(node.silent_for, Duration(0)).count())
      .field("behind", head - std::min(node.seq, head))
      .field("present", node.present)
      .field("state", is_silent(node.silent_for) ? "silent" : "ready")
      .end_object();
}

}  // namespace

void write_nodes(JsonWriter& json, const NodesShown& shown, NodeId self) {
  json.begin_object().key("items").begin_array();
  for (const NodeShown& each : shown.nodes) write_node(json, each, shown.head, self);
  json.end_array().field("total", shown.nodes.size()).key("next").null();
  json.field("seq", shown.head).end_object();
}

}  // namespace pastille
