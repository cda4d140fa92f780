// /me/tokens: one's own tokens for programs, newest first. A token's text is shown once.
#include "app/tokens.h"
#include "http/once_only.h"
#include "http/resources.h"
#include "wire/session_json.h"

namespace pastille::http {
namespace {

void list_tokens(Call call) {
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

void create_token(Call call) {
  std::vector<FieldError> faults;
  CreateToken command = parse_new_token(call.body, faults);
  ClearSecret secret = call.parts().secrets.make("pst_");
  command.secret = call.parts().secrets.hash(secret);
  run_secret_once(std::move(call), std::move(command), std::move(faults), std::move(secret),
                  [](const Organisation&, UserId, const Token& token, const ClearSecret* shown) {
                    std::string out;
                    JsonWriter json(out);
                    write_new_token(json, token, shown);
                    return json_response(201, std::move(out));
                  });
}

void revoke_token(Call call) {
  const TokenId token = call.id<TokenId>();
  run_command(std::move(call), DeleteToken{.token = token}, {},
              [](const Organisation&, UserId, bool) { return no_content(); });
}

}  // namespace

void add_tokens(Site& site) {
  site.routes.add("/api/v1/me/tokens",
                  {{Method::kGet, Access::kSession, Body::kNone, list_tokens},
                   {Method::kPost, Access::kSession, Body::kJson, create_token}});
  site.routes.add("/api/v1/me/tokens/{id}",
                  {{Method::kDelete, Access::kSession, Body::kNone, revoke_token}});
}

}  // namespace pastille::http
