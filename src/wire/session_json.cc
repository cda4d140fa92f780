#include "wire/session_json.h"

#include <algorithm>

namespace pastille {

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

void write_token(JsonWriter& json, const Token& token, std::string_view shown) {
  json.begin_object().field("id", token.id).field("name", token.name);
  json.key("scopes").begin_array();
  json.value(token.scope == Scope::kRead ? "read" : "status").end_array();
  json.field("created_at", token.created_at).field("expires_at", token.expires_at);
  if (!shown.empty()) json.field("token", shown);
  json.end_object();
}

}  // namespace pastille
