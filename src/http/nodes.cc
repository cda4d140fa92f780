// GET /nodes: the processes that work on the store, how far each has come and since when nobody has
// heard of it; where one has the store alone, that one.
#include "http/read.h"
#include "http/resources.h"
#include "wire/nodes_json.h"

namespace pastille::http {
namespace {

constexpr NodeId kAlone{1};  // has no number that others know

std::uint64_t present_connections(const Organisation& organisation) {
  std::uint64_t present = 0;
  organisation.presences.for_each(
      [&](UserId, const Box<Presence>& presence) { present += presence->connections.size(); });
  return present;
}

NodesShown this_one(const Call& call) {
  const ThisNode& node = call.parts().node;
  const std::uint64_t seq = call.organisation->seq;
  return {.head = seq,
          .nodes = {{.id = kAlone,
                     .name = node.name,
                     .version = node.version,
                     .started_at = node.started_at,
                     .looked_at = call.parts().clock.now().wall,
                     .seq = seq,
                     .present = present_connections(*call.organisation)}}};
}

Response nodes_response(const NodesShown& shown, NodeId self) {
  std::string out;
  JsonWriter json(out);
  write_nodes(json, shown, self);
  return json_response(200, std::move(out));
}

void nodes(Call call) {
  if (const auto may = require(call.who, Permission::kAuditRead); !may) {
    return call.refuse(may.error());
  }
  run_read(std::move(call), [](const Call& from, Archive& archive) {
    const Workspace& workspace = from.parts().workspace;
    return workspace.shared() ? nodes_response(archive.nodes(), workspace.node())
                              : nodes_response(this_one(from), kAlone);
  });
}

}  // namespace

void add_nodes(Site& site) {
  site.routes.add("/api/v1/nodes", {{Method::kGet, Access::kSession, Body::kNone, nodes}});
}

}  // namespace pastille::http
