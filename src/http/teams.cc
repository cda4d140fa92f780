// /teams: everyone reads them, teams.manage changes them.
#include "app/create_team.h"
#include "app/delete_team.h"
#include "app/modify_team.h"
#include "http/etag.h"
#include "http/named_list.h"
#include "http/once_only.h"
#include "http/resources.h"
#include "wire/fields.h"
#include "wire/team_json.h"

namespace pastille::http {
namespace {

void list_teams(Call call) {
  Query query(call.request, call.parts().unicode);
  const NamedQuery wanted = read_named_query(call, query);
  if (!query.good()) return call.invalid(query.take_faults());
  std::vector<Keyed<Box<Team>>> found;
  call.organisation->teams.for_each([&](TeamId id, const Box<Team>& team) {
    if (auto key = wanted.key(team->name, id.number, call.parts().unicode)) {
      found.push_back({std::move(*key), team});
    }
  });
  call.answer(
      json_response(200, page_json(call.request, std::move(found), wanted.descending, wanted.after,
                                   wanted.limit, [&](JsonWriter& json, const Box<Team>& team) {
                                     write_team(json, *team, *call.organisation);
                                   })));
}

Response team_response(int status, const Organisation& organisation, TeamId id) {
  const Team* team = organisation.team(id);
  if (team == nullptr) {
    return problem_response({.problem = Problem::kNotFound, .detail = "There is no such team."});
  }
  std::string out;
  JsonWriter json(out);
  write_team(json, *team, organisation);
  Response response = json_response(status, std::move(out));
  response.with("ETag", etag(team->version));
  return response;
}

Response changed_team(const Organisation& organisation, UserId, TeamId id) {
  return team_response(200, organisation, id);
}

Response created_team(const Organisation& organisation, UserId, TeamId id) {
  Response response = team_response(201, organisation, id);
  response.with("Location", "/api/v1/teams/" + to_text(id));
  return response;
}

void show_team(Call call) {
  call.answer(team_response(200, *call.organisation, call.id<TeamId>()));
}

std::optional<std::string> read_name(const Call& call, std::vector<FieldError>& faults) {
  Fields fields(call.body, faults);
  auto name = fields.text("name");
  fields.nothing_else({"id", "members", "version"});
  return name;
}

void create_team(Call call) {
  std::vector<FieldError> faults;
  CreateTeam command{.name = read_name(call, faults)};
  run_once(std::move(call), std::move(command), std::move(faults), created_team);
}

void modify_team(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  std::vector<FieldError> faults;
  ModifyTeam command{
      .team = call.id<TeamId>(), .expected_version = *expected, .name = read_name(call, faults)};
  run_command(std::move(call), std::move(command), std::move(faults), changed_team);
}

void remove_team(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  const DeleteTeam command{.team = call.id<TeamId>(), .expected_version = *expected};
  run_command(std::move(call), command, {},
              [](const Organisation&, UserId, DeleteTeam::Answer) { return no_content(); });
}

}  // namespace

void add_teams(Site& site) {
  site.routes.add("/api/v1/teams",
                  {Route{Method::kGet, Access::kReadToken, Body::kNone, list_teams}.taking(
                       {"q", "sort", "limit", "cursor"}),
                   {Method::kPost, Access::kSession, Body::kJson, create_team}});
  site.routes.add("/api/v1/teams/{id}",
                  {{Method::kGet, Access::kReadToken, Body::kNone, show_team},
                   {Method::kPatch, Access::kSession, Body::kMergePatch, modify_team},
                   {Method::kDelete, Access::kSession, Body::kNone, remove_team}});
}

}  // namespace pastille::http
