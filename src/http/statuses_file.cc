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

struct Parsed {
  ImportStatuses command;
  std::vector<std::string> ignored_columns;
};

Parsed parse(const Call& call, bool dry_run) {
  Parsed parsed{.command = {.dry_run = dry_run}, .ignored_columns = {}};
  FieldFaults& faults = parsed.command.faults;
  auto file = media_type(call.request) == kCsvType
                  ? statuses_from_csv(call.request.body, call.parts().unicode, faults)
                  : statuses_from_json(call.body, faults);
  parsed.command.rows = std::move(file.rows);
  parsed.ignored_columns = std::move(file.ignored_columns);
  return parsed;
}

// Decided on the published state, on a reader thread: nobody else waits for it.
Result<ImportStatuses::Answer> trial(const Call& call, const Parsed& parsed) {
  Draft draft(*call.organisation);
  return parsed.command.decide(draft, call.who, call.context());
}

Response try_out(const Call& call) {
  const Parsed parsed = parse(call, true);
  const auto answer = trial(call, parsed);
  if (!answer) return problem_response(answer.error(), call.organisation.get());
  return json_response(200, import_report_json(*answer, parsed.ignored_columns, true));
}

// A file that cannot be read whole costs the writer nothing.
Result<Parsed> checked(const Call& call) {
  Parsed parsed = parse(call, false);
  if (parsed.command.faults.none()) return parsed;
  return std::unexpected(trial(call, parsed).error());
}

void carry_out(Call call, Result<Parsed> parsed) {
  if (!parsed) return call.refuse(parsed.error());
  run_once(std::move(call), std::move(parsed->command), {},
           [ignored = std::move(parsed->ignored_columns)](const Organisation&, UserId,
                                                          const ImportStatuses::Answer& answer) {
             return json_response(200, import_report_json(answer, ignored, false));
           });
}

void read_file(Call call) {
  // Whoever lacks one of the two is told so once, and not status by status.
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
      std::move(call), [](const Call& from, Archive&) { return checked(from); }, carry_out);
}

}  // namespace

void add_statuses_file(Site& site) {
  site.routes.add(
      "/api/v1/statuses/export",
      {Route{Method::kGet, Access::kSession, Body::kNone, write_file}.taking({"format"})});
  site.routes.add(
      "/api/v1/statuses/import",
      {Route{Method::kPost, Access::kSession, Body::kJsonOrCsv, read_file}.taking({"dry_run"})});
}

}  // namespace pastille::http
