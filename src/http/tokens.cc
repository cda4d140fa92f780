// /me/tokens: one's own tokens for programs, newest first. A token's text is shown once.
#include "http/command.h"
#include "http/resources.h"
#include "wire/session_json.h"

namespace pastille::http {
namespace {

void list(Call call) {
  std::vector<Box<Token>> own;
  const auto now = call.parts().clock.now().wall;
  call.organisation->tokens_of.for_each_from(
      std::pair(call.who.user, TokenId{}), [&](const std::pair<UserId, TokenId>& key, bool) {
        if (key.first != call.who.user) return false;
        const Box<Token>* token = call.organisation->tokens.find(key.second);
        if (token != nullptr && (*token)->expires_at > now) own.push_back(*token);
        return true;
      });
  std::ranges::reverse(own);  // ids rise
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const Box<Token>& each : own) write_token(json, *each);
  json.end_array().field("total", own.size()).key("next").null().end_object();
  call.answer(json_response(200, std::move(out)));
}

}  // namespace

void add_tokens(Site& site) {
  site.routes.add("/api/v1/me/tokens", {{Method::kGet, Access::kSession, Body::kNone, list}});
}

}  // namespace pastille::http
