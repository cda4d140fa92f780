// POST /users/import: many people from one CSV file, all or nothing, each with an invitation. A dry
// run says what would come of it and what is wrong, and changes nothing.
#include <algorithm>

#include "app/import_people.h"
#include "core/limits.h"
#include "http/invitation_link.h"
#include "http/once_only.h"
#include "http/query.h"
#include "http/read.h"
#include "http/resources.h"
#include "wire/people_csv.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

constexpr std::size_t kFaultsTold = 100;

using Rows = std::vector<ImportPeople::Row>;
using ParsedPeople = std::expected<Rows, std::vector<LineFault>>;

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
Response try_out(const Call& call, const ParsedPeople& parsed) {
  if (!parsed) return trial_response({}, 0, parsed.error());
  Draft draft(*call.organisation);
  const ImportPeople command{.rows = *parsed, .dry_run = true};
  const auto answer = command.decide(draft, call.who, call.context());
  if (answer) return trial_response(*parsed, answer->teams_made, {});
  if (answer.error().errors.empty()) {
    return problem_response(answer.error(), call.organisation.get());
  }
  return trial_response({}, 0, line_faults(answer.error().errors));
}

using Links = std::vector<ClearSecret>;  // one a row

// Without links: the answer given again.
Response imported_response(const Organisation& organisation, const Rows& rows,
                           const ImportPeople::Answer& made, const Links* links) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("dry_run", false).key("created").begin_array();
  for (std::size_t i = 0; i < made.people.size(); ++i) {
    const ImportPeople::Row& row = rows[i];
    begin_row(json, row);
    json.field("id", made.people[i]);
    const InvitationId* id = organisation.invitation_secrets.find(*row.invitation_secret);
    if (links != nullptr && id != nullptr) {  // nobody has used it yet
      json.key("invitation");
      const Time expires_at = (*organisation.invitations.find(*id))->expires_at;
      write_invitation_link(json, {&(*links)[i], expires_at});
    }
    json.end_object();
  }
  json.end_array().field("teams_created", made.teams_made);
  if (links == nullptr) json.field("secret_shown", true);
  write_faults(json, {});
  json.end_object();
  return json_response(200, std::move(out));
}

void carry_out(Call call, Rows rows) {
  Links links;
  for (ImportPeople::Row& row : rows) {
    const ClearSecret secret = call.parts().secrets.make("");
    row.invitation_secret = call.parts().secrets.hash(secret);
    links.push_back(invitation_link(call, secret));
  }
  const auto imported = std::make_shared<const Rows>(rows);
  run_secret_once(std::move(call), ImportPeople{.rows = std::move(rows)}, {}, std::move(links),
                  [imported](const Organisation& organisation, UserId,
                             const ImportPeople::Answer& made, const Links* shown) {
                    return imported_response(organisation, *imported, made, shown);
                  });
}

void import(Call call) {
  if (const auto may = require(call.who, Permission::kUsersManage); !may) {
    return call.refuse(may.error());
  }
  Query query(call.request, call.parts().unicode);
  const bool dry_run = query.boolean("dry_run").value_or(false);
  std::vector<FieldError> wrong = query.take_faults();
  idempotency_key(call, wrong);
  if (!wrong.empty()) return call.invalid(std::move(wrong));
  const auto parse = [](const Call& from) {
    return parse_people_csv(from.request.body, from.parts().unicode);
  };
  if (dry_run) {
    return run_read(std::move(call),
                    [parse](const Call& from, Archive&) { return try_out(from, parse(from)); });
  }
  after_reading(
      std::move(call), [parse](const Call& from, Archive&) { return parse(from); },
      [](Call from, ParsedPeople parsed) {
        if (parsed) return carry_out(std::move(from), *std::move(parsed));
        std::vector<FieldError> faults;
        for (const LineFault& each : parsed.error()) faults.push_back(to_field_error(each));
        from.invalid(std::move(faults));
      });
}

}  // namespace

void add_users_import(Site& site) {
  site.routes.add("/api/v1/users/import", {{Method::kPost, Access::kSession, Body::kCsv, import}});
}

}  // namespace pastille::http
