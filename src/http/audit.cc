// GET /audit: who did what, newest first.
#include "http/read.h"
#include "http/resources.h"
#include "wire/history_json.h"
#include "wire/problem_json.h"

namespace pastille::http {
namespace {

void audit(Call call) {
  if (const auto may = require(call.who, Permission::kAuditRead); !may) {
    return call.refuse(may.error());
  }
  Query query(call.request, call.parts().unicode);
  const PageRequest page = page_request(query);
  if (!query.good()) return call.invalid(query.take_faults());
  run_read(std::move(call), [page](const Call& from, Archive& archive) {
    return page_response(from, archive.audit(page), [](JsonWriter& json, const AuditItem& item) {
      write_audit(json, item, item.problem ? problem_slug(*item.problem) : "");
    });
  });
}

}  // namespace

void add_audit(Site& site) {
  site.routes.add("/api/v1/audit", {{Method::kGet, Access::kSession, Body::kNone, audit}});
}

}  // namespace pastille::http
