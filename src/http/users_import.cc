// POST /users/import: many people from one CSV file, each with an invitation. Every row is tried
// first, on a reader thread; when all are right they are written in pieces. A dry run says what
// would come of it and what is wrong, and changes nothing.
#include <algorithm>

#include "app/import_people.h"
#include "core/limits.h"
#include "http/command.h"
#include "http/invitation_link.h"
#include "http/query.h"
#include "http/read.h"
#include "http/resources.h"
#include "wire/people_csv.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

constexpr std::size_t kFaultsTold = 100;

using Rows = std::vector<ImportPeople::Row>;
using Parsed = std::expected<Rows, std::vector<LineFault>>;

// A row as it was written in the file; what came of it is added by the caller.
void begin_row(JsonWriter& json, const ImportPeople::Row& row) {
  json.begin_object()
      .field("line", row.line)
      .field("login", row.login)
      .field("display_name", row.display_name)
      .field("role", row.role)
      .key("teams")
      .begin_array();
  for (const std::string& team : row.teams) json.value(team);
  json.end_array();
}

void write_faults(JsonWriter& json, const std::vector<LineFault>& faults) {
  json.key("errors").begin_array();
  for (std::size_t i = 0; i < std::min(faults.size(), kFaultsTold); ++i) {
    json.begin_object().field("line", faults[i].line);
    if (!faults[i].column.empty()) json.field("column", faults[i].column);
    json.field("detail", faults[i].detail).end_object();
  }
  json.end_array().field("wrong", faults.size());
}

Response trial_response(const Rows& rows, std::size_t teams_made,
                        const std::vector<LineFault>& faults) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("dry_run", true).key("created").begin_array();
  for (const ImportPeople::Row& row : rows) {
    begin_row(json, row);
    json.end_object();
  }
  json.end_array().field("teams_created", teams_made);
  write_faults(json, faults);
  json.end_object();
  return json_response(200, std::move(out));
}

// Decided on the published state, on a reader thread: nobody else waits for it.
Response trial(const Call& call, const Parsed& parsed) {
  if (!parsed) return trial_response({}, 0, parsed.error());
  ImportPeople command{.rows = *parsed};
  const auto answer = try_out(command, *call.organisation, call.who, call.context());
  if (answer) return trial_response(*parsed, answer->teams_made, {});
  if (answer.error().errors.empty()) {
    return problem_response(answer.error(), call.organisation.get());
  }
  return trial_response({}, 0, line_faults(answer.error().errors));
}

Parsed parse(const Call& call) {
  Parsed parsed = parse_people_csv(call.request.body, call.parts().unicode);
  if (parsed && parsed->size() > limits::kImportRows) {
    const std::string most = std::to_string(limits::kImportRows);
    return std::unexpected(std::vector<LineFault>{
        {.line = (*parsed)[limits::kImportRows].line,
         .detail = "A file has at most " + most +
                   " people. Send the rest as another, or use the command line."}});
  }
  return parsed;
}

// The rows when all of them are right.
Result<Rows> checked(const Call& call) {
  Parsed parsed = parse(call);
  if (!parsed) {
    Refusal wrong{.problem = Problem::kInvalid, .detail = parsed.error().front().detail};
    for (const LineFault& each : parsed.error()) wrong.errors.push_back(to_field_error(each));
    return std::unexpected(std::move(wrong));
  }
  ImportPeople command{.rows = *std::move(parsed)};
  const auto tried = try_out(command, *call.organisation, call.who, call.context());
  if (!tried) return std::unexpected(tried.error());
  return std::move(command.rows);
}

struct Invited {
  Rows rows;
  std::vector<std::string> links;  // one a row
};

Response imported_response(const Organisation& organisation, const Invited& invited,
                           const ImportPeople::Answer& made) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("dry_run", false).key("created").begin_array();
  for (std::size_t i = 0; i < made.people.size(); ++i) {
    const ImportPeople::Row& row = invited.rows[i];
    begin_row(json, row);
    json.field("id", made.people[i]);
    const InvitationId* id = organisation.invitation_secrets.find(*row.invitation_secret);
    if (id != nullptr) {  // nobody has used it yet
      json.key("invitation");
      const Time expires_at = (*organisation.invitations.find(*id))->expires_at;
      write_invitation_link(json, {invited.links[i], expires_at});
    }
    json.end_object();
  }
  json.end_array().field("teams_created", made.teams_made);
  write_faults(json, {});
  json.end_object();
  return json_response(200, std::move(out));
}

void carry_out(Call call, Rows rows) {
  const auto invited = std::make_shared<Invited>();
  for (ImportPeople::Row& row : rows) {
    const std::string secret = call.parts().secrets.make("");
    row.invitation_secret = call.parts().secrets.hash(secret);
    invited->links.push_back(invitation_link(call, secret));
  }
  invited->rows = rows;
  run_command(
      std::move(call), ImportPeople{.rows = std::move(rows)}, {},
      [invited](const Organisation& organisation, UserId, const ImportPeople::Answer& made) {
        return imported_response(organisation, *invited, made);
      });
}

void import(Call call) {
  if (const auto may = require(call.who, Permission::kUsersManage); !may) {
    return call.refuse(may.error());
  }
  Query query(call.request, call.parts().unicode);
  const bool dry_run = query.boolean("dry_run").value_or(false);
  if (!query.good()) return call.invalid(query.take_faults());
  if (dry_run) {
    return run_read(std::move(call),
                    [](const Call& from, Archive&) { return trial(from, parse(from)); });
  }
  after_reading(
      std::move(call), [](const Call& from, Archive&) { return checked(from); },
      [](Call from, Result<Rows> rows) {
        if (!rows) return from.refuse(rows.error());
        carry_out(std::move(from), *std::move(rows));
      });
}

}  // namespace

void add_users_import(Site& site) {
  site.routes.add("/api/v1/users/import", {{Method::kPost, Access::kSession, Body::kCsv, import}});
}

}  // namespace pastille::http
