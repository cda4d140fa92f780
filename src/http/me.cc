// /me: one's own account.
#include "http/command.h"
#include "http/etag.h"
#include "http/resources.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

Response my_account(const Call& call) {
  const Person& person = *call.organisation->person(call.who.user);
  std::string out;
  JsonWriter json(out);
  write_me(json, person, *call.organisation);
  Response response = json_response(200, std::move(out));
  response.with("ETag", etag(person.version));
  return response;
}

void show(Call call) {
  Response response = my_account(call);
  call.answer(std::move(response));
}

}  // namespace

void add_me(Site& site) {
  site.routes.add("/api/v1/me", {{Method::kGet, Access::kReadToken, Body::kNone, show}});
}

}  // namespace pastille::http
