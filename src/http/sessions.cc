// /me/sessions: where one is signed in, newest first.
#include "http/command.h"
#include "http/resources.h"
#include "wire/session_json.h"

namespace pastille::http {
namespace {

std::vector<Box<Session>> own_sessions(const Call& call) {
  std::vector<Box<Session>> own;
  const auto now = call.parts().clock.now().wall;
  call.organisation->sessions_of.for_each_from(
      std::pair(call.who.user, SessionId{}), [&](const std::pair<UserId, SessionId>& key, bool) {
        if (key.first != call.who.user) return false;
        const Box<Session>* session = call.organisation->sessions.find(key.second);
        if (session != nullptr &&
            session_ends(**session, call.parts().workspace.settings()) > now) {
          own.push_back(*session);
        }
        return true;
      });
  std::ranges::reverse(own);  // ids rise
  return own;
}

void list(Call call) {
  const auto own = own_sessions(call);
  const auto* current = std::get_if<SessionId>(&call.actor);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const Box<Session>& each : own) {
    write_session(json, *each, current != nullptr && *current == each->id,
                  call.parts().workspace.settings());
  }
  json.end_array().field("total", own.size()).key("next").null().end_object();
  call.answer(json_response(200, std::move(out)));
}

}  // namespace

void add_sessions(Site& site) {
  site.routes.add("/api/v1/me/sessions", {{Method::kGet, Access::kSession, Body::kNone, list}});
}

}  // namespace pastille::http
