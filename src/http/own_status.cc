// /me/status: what one shows and what waits; and the refusal of R15 at /users/{id}/status.
#include "app/own_status.h"

#include "http/command.h"
#include "http/resources.h"
#include "wire/own_status_json.h"

namespace pastille::http {
namespace {

Response answer_with(const Organisation& organisation, UserId user, const OwnStatus& shown) {
  std::string out;
  JsonWriter json(out);
  write_own_status(json, user, shown, organisation);
  return json_response(200, std::move(out));
}

void show_own_status(Call call) {
  const Presence& presence = *call.organisation->presence(call.who.user);
  call.answer(answer_with(*call.organisation, call.who.user,
                          {.entry = presence.entry, .pending = presence.pending}));
}

void set_for(Call call, std::optional<UserId> target) {
  std::vector<FieldError> faults;
  SetOwnStatus command = parse_set_status(call.body, faults);
  command.target = target;
  if (!call.take(Share::kStatuses)) return;
  run_command(std::move(call), std::move(command), std::move(faults), answer_with);
}

void set_own_status(Call call) { set_for(std::move(call), std::nullopt); }

void clear_own_status(Call call) {
  if (!call.take(Share::kStatuses)) return;
  run_command(std::move(call), ClearOwnStatus{}, {}, answer_with);
}

void set_for_user(Call call) {
  const UserId target = call.id<UserId>();
  const Person* person = call.organisation->person(target);
  const bool hidden =
      person != nullptr && !person->active && !require(call.who, Permission::kUsersManage);
  if (person == nullptr || person->erased || hidden) {
    return call.refuse({.problem = Problem::kNotFound, .detail = "There is no such person."});
  }
  set_for(std::move(call), target);
}

}  // namespace

void add_own_status(Site& site) {
  site.routes.add("/api/v1/me/status",
                  {{Method::kGet, Access::kReadToken, Body::kNone, show_own_status},
                   {Method::kPut, Access::kStatusToken, Body::kJson, set_own_status},
                   {Method::kDelete, Access::kStatusToken, Body::kNone, clear_own_status}});
  site.routes.add("/api/v1/users/{id}/status",
                  {{Method::kPut, Access::kStatusToken, Body::kJson, set_for_user}});
}

}  // namespace pastille::http
