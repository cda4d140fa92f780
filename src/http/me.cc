// /me: one's own account.
#include "app/change_own_profile.h"
#include "http/command.h"
#include "http/etag.h"
#include "http/resources.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

Response my_account(const Organisation& organisation, UserId user) {
  const Person& person = *organisation.person(user);
  std::string out;
  JsonWriter json(out);
  write_me(json, person, organisation);
  Response response = json_response(200, std::move(out));
  response.with("ETag", etag(person.own_version));
  return response;
}

void show_me(Call call) { call.answer(my_account(*call.organisation, call.who.user)); }

void change_me(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  std::vector<FieldError> faults;
  ChangeOwnProfile command{.expected_version = *expected,
                           .patch = parse_profile_patch(call.body, faults)};
  const auto& name = command.patch.display_name;
  const bool renames = name && *name != call.organisation->person(call.who.user)->display_name.text;
  if (renames && !call.take(Share::kRenames)) return;
  run_command(std::move(call), std::move(command), std::move(faults),
              [](const Organisation& organisation, UserId, UserId user) {
                return my_account(organisation, user);
              });
}

}  // namespace

void add_me(Site& site) {
  site.routes.add("/api/v1/me", {{Method::kGet, Access::kReadToken, Body::kNone, show_me},
                                 {Method::kPatch, Access::kSession, Body::kMergePatch, change_me}});
}

}  // namespace pastille::http
