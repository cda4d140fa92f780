// /roles and /permissions: read by whoever manages roles or people, changed with roles.manage.
#include "http/command.h"
#include "http/etag.h"
#include "http/named_list.h"
#include "http/resources.h"
#include "wire/team_json.h"

namespace pastille::http {
namespace {

Result<void> may_read(const Call& call) {
  if (require(call.who, Permission::kUsersManage)) return {};
  return require(call.who, Permission::kRolesManage);
}

void list(Call call) {
  if (const auto may = may_read(call); !may) return call.refuse(may.error());
  Query query(call.request, call.parts().unicode);
  const NamedQuery wanted = read_named_query(call, query);
  if (!query.good()) return call.invalid(query.take_faults());
  std::vector<Keyed<Box<Role>>> found;
  call.organisation->roles.for_each([&](RoleId id, const Box<Role>& role) {
    if (auto key = wanted.key(role->name, id.number, call.parts().unicode)) {
      found.push_back({std::move(*key), role});
    }
  });
  call.answer(
      json_response(200, page_json(call.request, std::move(found), wanted.descending, wanted.after,
                                   wanted.limit, [&](JsonWriter& json, const Box<Role>& role) {
                                     write_role(json, *role, *call.organisation);
                                   })));
}

Response role_response(int status, const Call& call, RoleId id) {
  const Role* role = call.organisation->role(id);
  if (role == nullptr) {
    return problem_response({.problem = Problem::kNotFound, .detail = "There is no such role."});
  }
  std::string out;
  JsonWriter json(out);
  write_role(json, *role, *call.organisation);
  Response response = json_response(status, std::move(out));
  response.with("ETag", etag(role->version));
  return response;
}

void show(Call call) {
  // What does not exist is said first; who may not read roles learns nothing from it.
  if (const auto may = may_read(call);
      !may && call.organisation->role(call.id<RoleId>()) != nullptr) {
    return call.refuse(may.error());
  }
  Response response = role_response(200, call, call.id<RoleId>());
  call.answer(std::move(response));
}

void permissions(Call call) {
  if (const auto may = may_read(call); !may) return call.refuse(may.error());
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const Permission each : kAllPermissions) {
    json.begin_object().field("id", to_text(each)).end_object();
  }
  json.end_array().field("total", kAllPermissions.size()).key("next").null().end_object();
  call.answer(json_response(200, std::move(out)));
}

}  // namespace

void add_roles(Site& site) {
  site.routes.add("/api/v1/roles", {{Method::kGet, Access::kSession, Body::kNone, list}});
  site.routes.add("/api/v1/roles/{id}", {{Method::kGet, Access::kSession, Body::kNone, show}});
  site.routes.add("/api/v1/permissions",
                  {{Method::kGet, Access::kSession, Body::kNone, permissions}});
}

}  // namespace pastille::http
