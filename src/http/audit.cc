// GET /audit: who did what, newest first; narrowed by who, what, whom, outcome and time.
#include "core/limits.h"
#include "http/read.h"
#include "http/resources.h"
#include "wire/history_json.h"
#include "wire/problem_json.h"

namespace pastille::http {
namespace {

// False: done.
std::optional<bool> parse_outcome(std::string_view text) {
  if (text == "done") return false;
  if (text == "refused") return true;
  return std::nullopt;
}

AuditQuery read_audit_query(const Call& call, Query& query) {
  AuditQuery wanted{.page = page_request(query),
                    .target = query.text("target", limits::kSearchText).value_or(""),
                    .action = query.text("action", limits::kSearchText).value_or(""),
                    .refused = query.choice("outcome", parse_outcome, "done, refused"),
                    .since = query.time("since"),
                    .before = query.time("before")};
  if (const auto by = call.request.parameter("by")) {
    wanted.by = parse_id<UserId>(*by);
    if (!wanted.by) query.fault("by", "This is no id of a person.");
  }
  return wanted;
}

void audit(Call call) {
  if (const auto may = require(call.who, Permission::kAuditRead); !may) {
    return call.refuse(may.error());
  }
  Query query(call.request, call.parts().unicode);
  AuditQuery wanted = read_audit_query(call, query);
  if (!query.good()) return call.invalid(query.take_faults());
  run_read(std::move(call), [wanted = std::move(wanted)](const Call& from, Archive& archive) {
    return page_response(from, archive.audit(wanted),
                         [](JsonWriter& json, std::uint64_t row, const AuditItem& item) {
                           write_audit(json, row, item,
                                       item.problem ? problem_slug(*item.problem) : "");
                         });
  });
}

}  // namespace

void add_audit(Site& site) {
  site.routes.add(
      "/api/v1/audit",
      {Route{Method::kGet, Access::kSession, Body::kNone, audit}.taking(
          {"by", "target", "action", "outcome", "since", "before", "limit", "cursor"})});
}

}  // namespace pastille::http
