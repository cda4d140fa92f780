// /roles and /permissions: read by whoever manages roles or people, changed with roles.manage.
#include "app/create_role.h"
#include "app/delete_role.h"
#include "app/modify_role.h"
#include "http/etag.h"
#include "http/named_list.h"
#include "http/once_only.h"
#include "http/resources.h"
#include "wire/fields.h"
#include "wire/team_json.h"

namespace pastille::http {
namespace {

Result<void> may_read(const Call& call) {
  if (require(call.who, Permission::kUsersManage)) return {};
  return require(call.who, Permission::kRolesManage);
}

void list_roles(Call call) {
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

Response role_response(int status, const Organisation& organisation, RoleId id) {
  const Role* role = organisation.role(id);
  if (role == nullptr) {
    return problem_response({.problem = Problem::kNotFound, .detail = "There is no such role."});
  }
  std::string out;
  JsonWriter json(out);
  write_role(json, *role, organisation);
  Response response = json_response(status, std::move(out));
  response.with("ETag", etag(role->version));
  return response;
}

Response changed_role(const Organisation& organisation, UserId, RoleId id) {
  return role_response(200, organisation, id);
}

Response created_role(const Organisation& organisation, UserId, RoleId id) {
  Response response = role_response(201, organisation, id);
  response.with("Location", "/api/v1/roles/" + to_text(id));
  return response;
}

void show_role(Call call) {
  const RoleId id = call.id<RoleId>();
  // What does not exist is said first: 404 stands before 403.
  if (const auto may = may_read(call); !may && call.organisation->role(id) != nullptr) {
    return call.refuse(may.error());
  }
  call.answer(role_response(200, *call.organisation, id));
}

RolePatch read_patch(const Call& call, std::vector<FieldError>& faults) {
  Fields fields(call.body, faults);
  RolePatch patch{.name = fields.text("name"), .permissions = fields.texts("permissions")};
  fields.nothing_else({"id", "built_in", "members", "version"});
  return patch;
}

void create_role(Call call) {
  std::vector<FieldError> faults;
  CreateRole command{.fields = read_patch(call, faults)};
  run_once(std::move(call), std::move(command), std::move(faults), created_role);
}

void modify_role(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  std::vector<FieldError> faults;
  ModifyRole command{
      .role = call.id<RoleId>(), .expected_version = *expected, .patch = read_patch(call, faults)};
  run_command(std::move(call), std::move(command), std::move(faults), changed_role);
}

void remove_role(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  const DeleteRole command{.role = call.id<RoleId>(), .expected_version = *expected};
  run_command(std::move(call), command, {},
              [](const Organisation&, UserId, DeleteRole::Answer) { return no_content(); });
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
  site.routes.add("/api/v1/roles",
                  {Route{Method::kGet, Access::kSession, Body::kNone, list_roles}.taking(
                       {"q", "sort", "limit", "cursor"}),
                   {Method::kPost, Access::kSession, Body::kJson, create_role}});
  site.routes.add("/api/v1/roles/{id}",
                  {{Method::kGet, Access::kSession, Body::kNone, show_role},
                   {Method::kPatch, Access::kSession, Body::kMergePatch, modify_role},
                   {Method::kDelete, Access::kSession, Body::kNone, remove_role}});
  site.routes.add("/api/v1/permissions",
                  {{Method::kGet, Access::kSession, Body::kNone, permissions}});
}

}  // namespace pastille::http
