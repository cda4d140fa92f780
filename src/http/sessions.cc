// /me/sessions: where one is signed in, newest first.
#include "app/sign_in.h"
#include "http/command.h"
#include "http/resources.h"
#include "wire/session_json.h"

namespace pastille::http {
namespace {

std::vector<Box<Session>> own_sessions(const Call& call) {
  std::vector<Box<Session>> own;
  const Context context = call.context();
  call.organisation->sessions_of.for_each_from(
      std::pair(call.who.user, SessionId{}), [&](const std::pair<UserId, SessionId>& key, bool) {
        if (key.first != call.who.user) return false;
        const Box<Session>* session = call.organisation->sessions.find(key.second);
        if (session != nullptr && (context.keep_sessions ||
                                   session_ends(**session, context.settings) > context.now.wall)) {
          own.push_back(*session);
        }
        return true;
      });
  std::ranges::reverse(own);  // ids rise
  return own;
}

void list_sessions(Call call) {
  const auto own = own_sessions(call);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const Box<Session>& each : own) {
    write_session(json, *each, each->id == call.who.session, call.parts().workspace.settings());
  }
  json.end_array().field("total", own.size()).key("next").null().end_object();
  call.answer(json_response(200, std::move(out)));
}

void end_session(Call call) {
  const SessionId session = call.id<SessionId>();
  run_command(std::move(call), EndOwnSession{.session = session}, {},
              [](const Organisation&, UserId, bool) { return no_content(); });
}

}  // namespace

void add_sessions(Site& site) {
  site.routes.add("/api/v1/me/sessions",
                  {{Method::kGet, Access::kSession, Body::kNone, list_sessions}});
  site.routes.add("/api/v1/me/sessions/{id}",
                  {{Method::kDelete, Access::kSession, Body::kNone, end_session}});
}

}  // namespace pastille::http
