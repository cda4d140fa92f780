// /users: everyone reads names and teams of active people; users.manage reads and changes accounts.
// There is no way to a status here: that is the person's own (R15).
#include "app/create_person.h"

#include <boost/json/serialize.hpp>

#include "app/end_sessions_of.h"
#include "app/erase_person.h"
#include "app/invitations.h"
#include "app/modify_person.h"
#include "app/people_query.h"
#include "core/limits.h"
#include "http/credentials.h"
#include "http/etag.h"
#include "http/invitation_link.h"
#include "http/named_list.h"
#include "http/once_only.h"
#include "http/resources.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

bool manages(const Call& call) { return require(call.who, Permission::kUsersManage).has_value(); }

// Text that is no id of anything is a filter that nobody passes.
template <class AnyId>
std::optional<AnyId> filter(const Call& call, std::string_view name) {
  const auto given = call.request.parameter(name);
  if (!given) return std::nullopt;
  return parse_id<AnyId>(*given).value_or(AnyId{});
}

Response people_page(const Call& call, const PeopleQuery& wanted, bool manager,
                     const PeopleQuery::Slice& slice) {
  const Organisation& organisation = *call.organisation;
  const Unicode& unicode = call.parts().unicode;
  const auto order = call.site.people.get(organisation, own_locale(call), unicode);
  const PeopleQuery::Page page = wanted.page(organisation, *order, slice, unicode);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const UserId id : page.people) {
    const Person& person = *organisation.person(id);
    if (manager) {
      write_user(json, person, organisation);
    } else {
      write_person(json, person);
    }
  }
  json.end_array().field("total", page.total).key("next");
  if (page.next.empty()) {
    json.null();
  } else {
    json.value(make_cursor(page.next, call.request));
  }
  json.end_object();
  return json_response(200, std::move(out));
}

void list_users(Call call) {
  const bool manager = manages(call);
  if (!manager && (call.request.parameter("role") || call.request.parameter("active"))) {
    return call.refuse(require(call.who, Permission::kUsersManage).error());
  }
  const Unicode& unicode = call.parts().unicode;
  Query query(call.request, unicode);
  PeopleQuery wanted{.text = query.text("q", limits::kSearchText).value_or(""),
                     .team = filter<TeamId>(call, "team"),
                     .role = filter<RoleId>(call, "role"),
                     .active = manager ? query.boolean("active") : true,
                     .logins = manager};
  PeopleQuery::Slice slice{
      .descending = query.choice("sort", parse_name_order, "name, -name").value_or(false),
      .limit = query.limit(),
      .after = query.cursor()};
  if (!query.good()) return call.invalid(query.take_faults());

  // The first who asks orders 100,000 names, and a search looks at all: not on an I/O thread.
  run_read(std::move(call),
           [wanted = std::move(wanted), manager, slice = std::move(slice)](
               const Call& from, Archive&) { return people_page(from, wanted, manager, slice); });
}

Response user_response(int status, const Organisation& organisation, UserId id,
                       const std::optional<InvitationLink>& invitation = std::nullopt) {
  const Person& person = *organisation.person(id);
  std::string out;
  JsonWriter json(out);
  write_created_user(json, person, organisation, invitation);
  Response response = json_response(status, std::move(out));
  response.with("ETag", etag(person.version));
  return response;
}

void show_user(Call call) {
  const UserId id = call.id<UserId>();
  const Person* person = call.organisation->person(id);
  const bool manager = manages(call);
  if (person == nullptr || person->erased || (!manager && !person->active)) {
    return call.refuse({.problem = Problem::kNotFound, .detail = "There is no such person."});
  }
  if (manager) return call.answer(user_response(200, *call.organisation, id));
  std::string out;
  JsonWriter json(out);
  write_person(json, *person);
  Response response = json_response(200, std::move(out));
  // Of what is seen here: it does not move with what only administrators see.
  call.answer(std::move(response.with("ETag", etag(person->rev))));
}

void create_with_invitation(Call call, CreatePerson command, std::vector<FieldError> faults) {
  const ClearSecret secret = call.parts().secrets.make("");
  command.invitation_secret = call.parts().secrets.hash(secret);
  ClearSecret link = invitation_link(call, secret);
  run_secret_once(std::move(call), std::move(command), std::move(faults), std::move(link),
                  [](const Organisation& organisation, UserId, const CreatePerson::Answer& made,
                     const ClearSecret* shown) {
                    std::optional<InvitationLink> invitation;
                    if (made.invitation_expires_at) {
                      invitation = InvitationLink{shown, *made.invitation_expires_at};
                    }
                    Response response = user_response(201, organisation, made.user, invitation);
                    response.with("Location", "/api/v1/users/" + to_text(made.user));
                    return response;
                  });
}

// What is kept of a request so that it is known again is a fast hash of it: one of a password could
// be guessed. Who sends the same with another password gets the first answer.
void leave_password_out_of_fingerprint(Call& call) {
  if (!call.body.is_object()) return;
  boost::json::object without = call.body.get_object();
  without.erase("password");
  call.request.body = boost::json::serialize(without);
}

void create_with_password(Call call, CreatePerson command, std::vector<FieldError> faults) {
  run_once(std::move(call), std::move(command), std::move(faults),
           [](const Organisation& organisation, UserId, const CreatePerson::Answer& made) {
             Response response = user_response(201, organisation, made.user);
             response.with("Location", "/api/v1/users/" + to_text(made.user));
             return response;
           });
}

void create_user(Call call) {
  std::vector<FieldError> faults;
  Fields fields(call.body, faults);
  CreatePerson command{.fields = parse_new_user(fields)};
  std::string password = read_new_password(fields, "password", Need::kOptional,
                                           command.fields.login.value_or(""), call.parts().unicode);
  no_other_user_fields(fields);
  if (!fields.has("password")) {
    return create_with_invitation(std::move(call), std::move(command), std::move(faults));
  }
  leave_password_out_of_fingerprint(call);
  // A hash costs 60 ms of a core: not for what is refused anyway.
  if (!faults.empty() || !manages(call)) {
    return create_with_password(std::move(call), std::move(command), std::move(faults));
  }
  const auto kept = std::make_shared<Call>(std::move(call));
  const std::string of = command.fields.login.value_or("");
  hash_password(kept, of, std::move(password),
                [command = std::move(command)](Call& from, std::string hash) mutable {
                  command.password_hash = std::move(hash);
                  create_with_password(std::move(from), std::move(command), {});
                });
}

void modify_user(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  std::vector<FieldError> faults;
  ModifyPerson command{.user = call.id<UserId>(),
                       .expected_version = *expected,
                       .patch = parse_user_patch(call.body, faults)};
  run_command(std::move(call), std::move(command), std::move(faults),
              [](const Organisation& organisation, UserId, UserId user) {
                return user_response(200, organisation, user);
              });
}

void erase_user(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  const ErasePerson command{.user = call.id<UserId>(), .expected_version = *expected};
  run_command(std::move(call), command, {},
              [](const Organisation&, UserId, ErasePerson::Answer) { return no_content(); });
}

void sign_out_everywhere(Call call) {
  const EndSessionsOf command{.user = call.id<UserId>()};
  run_command(std::move(call), command, {},
              [](const Organisation&, UserId, EndSessionsOf::Answer) { return no_content(); });
}

void invite_user(Call call) {
  const ClearSecret secret = call.parts().secrets.make("");
  const InvitePerson command{.user = call.id<UserId>(),
                             .secret = call.parts().secrets.hash(secret)};
  ClearSecret link = invitation_link(call, secret);
  run_secret_once(
      std::move(call), command, {}, std::move(link),
      [](const Organisation&, UserId, const Invitation& made, const ClearSecret* shown) {
        std::string out;
        JsonWriter json(out);
        write_invitation_link(json, {shown, made.expires_at});
        return json_response(201, std::move(out));
      });
}

}  // namespace

void add_users(Site& site) {
  site.routes.add("/api/v1/users",
                  {Route{Method::kGet, Access::kReadToken, Body::kNone, list_users}.taking(
                       {"q", "team", "role", "active", "sort", "limit", "cursor"}),
                   {Method::kPost, Access::kSession, Body::kJson, create_user}});
  site.routes.add("/api/v1/users/{id}",
                  {{Method::kGet, Access::kReadToken, Body::kNone, show_user},
                   {Method::kPatch, Access::kSession, Body::kMergePatch, modify_user},
                   {Method::kDelete, Access::kSession, Body::kNone, erase_user}});
  site.routes.add("/api/v1/users/{id}/sessions",
                  {{Method::kDelete, Access::kSession, Body::kNone, sign_out_everywhere}});
  site.routes.add("/api/v1/users/{id}/invitation",
                  {{Method::kPost, Access::kSession, Body::kNone, invite_user}});
}

}  // namespace pastille::http
