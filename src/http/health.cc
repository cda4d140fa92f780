// GET /healthz, GET /readyz: for the machine that looks after the server.
#include "http/call.h"
#include "http/resources.h"

namespace pastille::http {
namespace {

void health(Call call) { call.answer(json_response(200, R"({"status":"ok"})")); }

void readiness(Call call) {
  const Workspace& workspace = call.parts().workspace;
  const bool without_lease =
      workspace.shared() && !workspace.lease_age(call.parts().clock.now().steady);
  if (call.site.shutting_down || workspace.stale() || without_lease) {
    return call.refuse(Refusal{.problem = Problem::kUnavailable,
                               .detail = "The store takes no changes at present.",
                               .retry_after = std::chrono::seconds(1)});
  }
  call.answer(json_response(200, R"({"status":"ok"})"));
}

}  // namespace

void add_health(Site& site) {
  site.routes.add("/healthz", {{Method::kGet, Access::kAnyone, Body::kNone, health}});
  site.routes.add("/readyz", {{Method::kGet, Access::kAnyone, Body::kNone, readiness}});
}

}  // namespace pastille::http
