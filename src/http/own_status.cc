// /me/status: what one shows and what waits; and the refusal of R15 at /users/{id}/status.
#include "http/command.h"
#include "http/resources.h"
#include "wire/own_status_json.h"

namespace pastille::http {
namespace {

Response my_status(const Call& call) {
  std::string out;
  JsonWriter json(out);
  write_my_status(json, call.who.user, *call.organisation);
  return json_response(200, std::move(out));
}

void show(Call call) {
  Response response = my_status(call);
  call.answer(std::move(response));
}

}  // namespace

void add_own_status(Site& site) {
  site.routes.add("/api/v1/me/status", {{Method::kGet, Access::kReadToken, Body::kNone, show}});
}

}  // namespace pastille::http
