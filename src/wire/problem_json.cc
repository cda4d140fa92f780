#include "wire/problem_json.h"

#include <cstdlib>

#include "core/outside_text.h"
#include "wire/status_json.h"
#include "wire/team_json.h"
#include "wire/user_json.h"

namespace pastille {
namespace {

struct Meaning {
  int status;
  std::string_view slug;
  std::string_view title;
};

Meaning meaning(Problem problem) {
  switch (problem) {
    case Problem::kMalformed:
      return {400, "malformed", "The request cannot be read"};
    case Problem::kNotSignedIn:
      return {401, "not-signed-in", "Not signed in"};
    case Problem::kWrongCredentials:
      return {401, "wrong-credentials", "Wrong login or password"};
    case Problem::kPermissionMissing:
      return {403, "permission-missing", "Permission missing"};
    case Problem::kScopeMissing:
      return {403, "scope-missing", "Not with this token"};
    case Problem::kOwnStatusOnly:
      return {403, "own-status-only", "A status is the person's own"};
    case Problem::kSystemStatus:
      return {403, "system-status", "System statuses are locked"};
    case Problem::kBuiltInRole:
      return {403, "built-in-role", "Built-in roles are locked"};
    case Problem::kForeignOrigin:
      return {403, "foreign-origin", "Sent by a foreign page"};
    case Problem::kNotFound:
      return {404, "not-found", "Not found"};
    case Problem::kMethod:
      return {405, "method", "Method not allowed"};
    case Problem::kNameTaken:
      return {409, "name-taken", "Name taken"};
    case Problem::kLoginTaken:
      return {409, "login-taken", "Login taken"};
    case Problem::kLastAdministrator:
      return {409, "last-administrator", "The last administrator stays"};
    case Problem::kRoleInUse:
      return {409, "role-in-use", "Role in use"};
    case Problem::kLimitReached:
      return {409, "limit-reached", "Limit reached"};
    case Problem::kExternalSignIn:
      return {409, "external-sign-in", "Signs in at the provider"};
    case Problem::kStaleVersion:
      return {412, "stale-version", "Changed meanwhile"};
    case Problem::kTooLarge:
      return {413, "too-large", "Too large"};
    case Problem::kMediaType:
      return {415, "media-type", "Unsupported media type"};
    case Problem::kInvalid:
      return {422, "invalid", "Invalid"};
    case Problem::kTooMany:
      return {429, "too-many", "Too many attempts"};
    case Problem::kInternal:
      return {500, "internal", "A fault of the server"};
    case Problem::kUnavailable:
      return {503, "unavailable", "Unavailable for the moment"};
    case Problem::kStale:
      return {503, "stale", "No changes for the moment"};
  }
  std::abort();
}

// Writes what a stale version is now, or nothing when it is gone.
struct WriteCurrent {
  JsonWriter& json;
  const Organisation& organisation;

  void operator()(std::monostate) const {}
  void operator()(StatusId id) const {
    const Status* status = organisation.status(id);
    if (status != nullptr) write_status(key(), *status, organisation);
  }
  void operator()(UserId id) const {
    const Person* person = organisation.person(id);
    if (person != nullptr) write_user(key(), *person, organisation);
  }
  void operator()(TeamId id) const {
    const Team* team = organisation.team(id);
    if (team != nullptr) write_team(key(), *team, organisation);
  }
  void operator()(RoleId id) const {
    const Role* role = organisation.role(id);
    if (role != nullptr) write_role(key(), *role, organisation);
  }
  JsonWriter& key() const { return json.key("current"); }
};

}  // namespace

int problem_status(Problem problem) { return meaning(problem).status; }
std::string_view problem_slug(Problem problem) { return meaning(problem).slug; }
std::string_view problem_title(Problem problem) { return meaning(problem).title; }

void write_problem(JsonWriter& json, const Refusal& refusal, const Organisation* organisation) {
  const Meaning says = meaning(refusal.problem);
  json.begin_object()
      .field("type", "/problems/" + std::string(says.slug))
      .field("title", says.title)
      .field("status", says.status)
      // It may quote what was sent: names of unknown fields, cells of a file.
      .field("detail",
             refusal.detail.empty() ? std::string(says.title) + "." : printable(refusal.detail));
  if (refusal.problem == Problem::kInvalid) {
    json.key("errors").begin_array();
    for (const FieldError& error : refusal.errors) {
      json.begin_object()
          .field("pointer", printable(error.pointer))
          .field("detail", printable(error.detail))
          .field("code", error.code)
          .key("params")
          .begin_object();
      for (const auto& [name, value] : error.params) json.field(name, printable(value));
      json.end_object().end_object();
    }
    json.end_array();
    if (refusal.errors_untold > 0) {
      json.field("wrong", refusal.errors.size() + refusal.errors_untold);
    }
  }
  if (refusal.permission) json.field("permission", to_text(*refusal.permission));
  if (!refusal.taken_by.empty()) json.field("by", refusal.taken_by);
  if (organisation != nullptr) std::visit(WriteCurrent{json, *organisation}, refusal.current);
  json.end_object();
}

}  // namespace pastille
