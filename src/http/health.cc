// GET /healthz, GET /readyz: for the machine that looks after the server.
#include "http/call.h"
#include "http/resources.h"

namespace pastille::http {
namespace {

void health(Call call) { call.answer(json_response(200, R"({"status":"ok"})")); }

void readiness(Call call) {
  if (call.site.shutting_down || call.parts().workspace.stale()) {
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
