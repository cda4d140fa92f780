// POST /users/import: many people from one CSV file; who is new gets an invitation. Every row is
// tried first, on a reader thread; when all are right they are written in pieces. A dry run says
// what would come of it and what is wrong, and changes nothing.
#include "app/import_people.h"
#include "core/limits.h"
#include "http/invitation_link.h"
#include "http/once_only.h"
#include "http/query.h"
#include "http/read.h"
#include "http/resources.h"
#include "wire/people_report.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

using Mode = ImportPeople::Mode;
using ParsedPeople = std::expected<PeopleFile, LineFaults>;

// What the query asks for.
struct Asked {
  Mode mode = Mode::kAdd;
  std::string role = {};  // of lines that name none
  bool invite_again = false;
};

ParsedPeople parse(const Call& call, const Asked& asked) {
  return parse_people_csv(
      call.request.body, {.mode = asked.mode, .role = asked.role, .rows_most = limits::kImportRows},
      call.parts().unicode);
}

ImportPeople::Outcome trial(const Call& call, const Asked& asked, const PeopleFile& file) {
  Draft draft(*call.organisation);
  const ImportPeople command{
      .rows = file.rows, .mode = asked.mode, .invite_again = asked.invite_again};
  return command.try_on(draft, call.who, call.context());
}

// Decided on the published state, on a reader thread: nobody else waits for it.
Response try_out(const Call& call, const Asked& asked) {
  const ParsedPeople parsed = parse(call, asked);
  if (!parsed) return json_response(200, people_faults_json(parsed.error()));
  const ImportPeople::Outcome outcome = trial(call, asked, *parsed);
  return json_response(200, outcome.faults.none()
                                ? people_report_json(*parsed, outcome.answer, PeopleReport::kTrial)
                                : people_faults_json(outcome.faults));
}

// The same before anything is given to the writer: a file that is wrong costs it nothing. Whose
// first answer is kept has brought these people in already.
Result<PeopleFile> checked(const Call& call, const Asked& asked, bool answered) {
  ParsedPeople parsed = parse(call, asked);
  if (!parsed) return std::unexpected(refusal_of(parsed.error()));
  if (answered) return *std::move(parsed);
  const ImportPeople::Outcome outcome = trial(call, asked, *parsed);
  if (outcome.faults.none()) return *std::move(parsed);
  return std::unexpected(refusal_of(outcome.faults));
}

using Links = std::vector<ClearSecret>;  // one a row

// Without links: the answer given again.
Response imported_response(const Organisation& organisation, const PeopleFile& file,
                           const ImportPeople::Answer& made, const Links* links) {
  const auto write_link = [&](std::size_t row, JsonWriter& json) {
    if (links == nullptr || !made.steps[row].invited) return;
    const InvitationId* id =
        organisation.invitation_secrets.find(*file.rows[row].invitation_secret);
    if (id == nullptr) return;  // somebody has used it already
    if (!made.steps[row].created) {
      json.field("display_name", organisation.person(made.people[row])->display_name.text);
    }
    json.key("invitation");
    const Time expires_at = (*organisation.invitations.find(*id))->expires_at;
    write_invitation_link(json, {&(*links)[row], expires_at});
  };
  return json_response(
      200,
      people_report_json(file, made, links != nullptr ? PeopleReport::kDone : PeopleReport::kAgain,
                         write_link));
}

void carry_out(Call call, const Asked& asked, PeopleFile file) {
  Links links;
  for (ImportPeople::Row& row : file.rows) {
    const ClearSecret secret = call.parts().secrets.make("");
    row.invitation_secret = call.parts().secrets.hash(secret);
    links.push_back(invitation_link(call, secret));
  }
  ImportPeople command{.rows = file.rows, .mode = asked.mode, .invite_again = asked.invite_again};
  const auto imported = std::make_shared<const PeopleFile>(std::move(file));
  run_secret_once(std::move(call), std::move(command), {}, std::move(links),
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
  Asked asked;
  asked.mode = query.choice("mode", parse_import_mode, "add, update").value_or(Mode::kAdd);
  asked.role = query.text("role", limits::kRoleName).value_or("");
  asked.invite_again = query.boolean("invite_again").value_or(false);
  std::vector<FieldError> wrong = query.take_faults();
  const auto key = idempotency_key(call, wrong);
  if (!wrong.empty()) return call.invalid(std::move(wrong));
  if (dry_run) {
    return run_read(std::move(call),
                    [asked](const Call& from, Archive&) { return try_out(from, asked); });
  }
  const bool answered =
      key && call.organisation->answers.contains(std::pair(call.who.user, key->key));
  after_reading(
      std::move(call),
      [asked, answered](const Call& from, Archive&) { return checked(from, asked, answered); },
      [asked](Call from, Result<PeopleFile> file) {
        if (!file) return from.refuse(file.error());
        carry_out(std::move(from), asked, *std::move(file));
      });
}

}  // namespace

void add_users_import(Site& site) {
  site.routes.add("/api/v1/users/import",
                  {Route{Method::kPost, Access::kSession, Body::kCsv, import}.taking(
                      {"dry_run", "mode", "role", "invite_again"})});
}

}  // namespace pastille::http
