// GET /statuses/export and POST /statuses/import: the statuses as a file, as the command line has
// it.
#include "wire/statuses_file.h"

#include "app/status_permissions.h"
#include "http/media_type.h"
#include "http/once_only.h"
#include "http/query.h"
#include "http/resources.h"

namespace pastille::http {
namespace {

void write_file(Call call) {
  if (const auto may = require_statuses_permission(call.who); !may) return call.refuse(may.error());
  Query query(call.request, call.parts().unicode);
  const FileKind kind =
      query.choice("format", parse_file_kind, "json, csv").value_or(FileKind::kJson);
  if (!query.good()) return call.invalid(query.take_faults());
  const bool csv = kind == FileKind::kCsv;
  Response response{
      .body = std::make_shared<const std::string>(write_statuses(*call.organisation, kind))};
  response
      .with("Content-Type", csv ? "text/csv; charset=utf-8; header=present" : "application/json")
      .with("Content-Disposition",
            std::string("attachment; filename=\"statuses.") + (csv ? "csv\"" : "json\""));
  call.answer(std::move(response));
}

using Parsed = Faulty<ImportStatuses>;

Parsed parse(const Call& call, bool dry_run) {
  Parsed parsed{.command = {.dry_run = dry_run}};
  parsed.command.rows =
      media_type(call.request) == kCsvType
          ? statuses_from_csv(call.request.body, call.parts().unicode, parsed.faults)
          : statuses_from_json(call.body, parsed.faults);
  return parsed;
}

// Decided on the published state, on a reader thread: nobody else waits for it.
Response try_out(const Call& call) {
  Draft draft(*call.organisation);
  const auto answer = parse(call, true).decide(draft, call.who, call.context());
  if (!answer) return problem_response(answer.error(), call.organisation.get());
  return json_response(200, import_report_json(*answer, true));
}

void carry_out(Call call, Parsed parsed) {
  run_once(std::move(call), std::move(parsed.command), std::move(parsed.faults),
           [](const Organisation&, UserId, const ImportStatuses::Answer& answer) {
             return json_response(200, import_report_json(answer, false));
           });
}

void read_file(Call call) {
  if (const auto may = ImportStatuses{}.permitted(*call.organisation, call.who); !may) {
    return call.refuse(may.error());
  }
  Query query(call.request, call.parts().unicode);
  const bool dry_run = query.boolean("dry_run").value_or(false);
  std::vector<FieldError> faults = query.take_faults();
  idempotency_key(call, faults);
  if (!faults.empty()) return call.invalid(std::move(faults));
  if (dry_run) {
    return run_read(std::move(call), [](const Call& from, Archive&) { return try_out(from); });
  }
  after_reading(
      std::move(call), [](const Call& from, Archive&) { return parse(from, false); }, carry_out);
}

}  // namespace

void add_statuses_file(Site& site) {
  site.routes.add("/api/v1/statuses/export",
                  {{Method::kGet, Access::kSession, Body::kNone, write_file}});
  site.routes.add("/api/v1/statuses/import",
                  {{Method::kPost, Access::kSession, Body::kJsonOrCsv, read_file}});
}

}  // namespace pastille::http
