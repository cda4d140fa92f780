// GET /statuses/{id}/history: what became of a status, deleted ones too.
#include "app/status_permissions.h"
#include "http/read.h"
#include "http/resources.h"
#include "wire/history_json.h"

namespace pastille::http {
namespace {

Result<void> may_read(const Call& call, StatusId id) {
  const Status* status = call.organisation->status(id);
  if (status == nullptr) return refuse(Problem::kNotFound, "There is no such status.");
  if (status->system) {
    return refuse(Problem::kSystemStatus, "System statuses are locked and have no history.");
  }
  return require_statuses_permission(call.who);
}

void history(Call call) {
  const StatusId id = call.id<StatusId>();
  if (const auto may = may_read(call, id); !may) return call.refuse(may.error());
  Query query(call.request, call.parts().unicode);
  const PageRequest page = page_request(query);
  if (!query.good()) return call.invalid(query.take_faults());
  run_read(std::move(call), [id, page](const Call& from, Archive& archive) {
    return page_response(from, archive.status_history(id, page), write_status_history);
  });
}

}  // namespace

void add_status_history(Site& site) {
  site.routes.add(
      "/api/v1/statuses/{id}/history",
      {Route{Method::kGet, Access::kSession, Body::kNone, history}.taking({"limit", "cursor"})});
}

}  // namespace pastille::http
