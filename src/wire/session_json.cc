#include "wire/session_json.h"

#include <algorithm>

#include "wire/fields.h"

namespace pastille {

namespace {

// `status` includes `read`: the greatest of those given.
Scope parse_scopes(Fields& fields) {
  Scope scope = Scope::kRead;
  const auto given = fields.texts("scopes", Need::kRequired);
  if (!given) return scope;
  if (given->empty()) fields.fault("scopes", "At least one of: read, status.");
  std::set<std::string> seen;
  for (const std::string& each : *given) {
    if (each != "read" && each != "status") {
      fields.fault("scopes", "Each one of: read, status.");
    } else if (!seen.insert(each).second) {
      fields.fault("scopes", "Each scope once.");
    }
    if (each == "status") scope = Scope::kStatus;
  }
  return scope;
}

void write_token_members(JsonWriter& json, const Token& token) {
  json.field("id", token.id).field("name", token.name);
  json.key("scopes").begin_array();
  json.value(token.scope == Scope::kRead ? "read" : "status").end_array();
  json.field("created_at", token.created_at).field("expires_at", token.expires_at);
}

}  // namespace

CreateToken parse_new_token(const boost::json::value& body, std::vector<FieldError>& faults) {
  Fields fields(body, faults);
  CreateToken command;
  command.name = fields.text("name", Need::kRequired).value_or("");
  command.scope = parse_scopes(fields);
  if (const auto expires = fields.text("expires_at")) {
    command.expires_at = parse_time(*expires);
    if (!command.expires_at) fields.fault("expires_at", "An instant as in RFC 3339.");
  }
  fields.nothing_else({"id", "token", "created_at"});
  return command;
}

Time session_ends(const Session& session, const Settings& settings) {
  return std::min(session.seen_at + settings.session_idle,
                  session.created_at + settings.session_absolute);
}

void write_session(JsonWriter& json, const Session& session, bool current,
                   const Settings& settings) {
  json.begin_object()
      .field("id", session.id)
      .field("created_at", session.created_at)
      .field("last_used_at", session.seen_at)
      .field("expires_at", session_ends(session, settings))
      .key("agent");
  if (session.user_agent.empty()) {
    json.null();
  } else {
    json.value(session.user_agent);
  }
  json.field("current", current).end_object();
}

void write_token(JsonWriter& json, const Token& token) {
  json.begin_object();
  write_token_members(json, token);
  json.end_object();
}

void write_new_token(JsonWriter& json, const Token& token, const ClearSecret* shown) {
  json.begin_object();
  write_token_members(json, token);
  write_secret(json, "token", shown);
  json.end_object();
}

void write_secret(JsonWriter& json, std::string_view name, const ClearSecret* shown) {
  if (shown != nullptr) {
    json.field(name, shown->reveal());
  } else {
    json.field("secret_shown", true);
  }
}

}  // namespace pastille
