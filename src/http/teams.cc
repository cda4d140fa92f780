// /teams: everyone reads them, teams.manage changes them.
#include "http/command.h"
#include "http/etag.h"
#include "http/named_list.h"
#include "http/resources.h"
#include "wire/team_json.h"

namespace pastille::http {
namespace {

void list(Call call) {
  Query query(call.request, call.parts().unicode);
  const NamedQuery wanted = read_named_query(call, query);
  if (!query.good()) return call.invalid(query.take_faults());
  std::vector<Keyed<Box<Team>>> found;
  call.organisation->teams.for_each([&](TeamId id, const Box<Team>& team) {
    if (auto key = wanted.key(team->name, id.number, call.parts().unicode)) {
      found.push_back({std::move(*key), team});
    }
  });
  auto sizes = team_sizes(*call.organisation);
  call.answer(
      json_response(200, page_json(call.request, std::move(found), wanted.descending, wanted.after,
                                   wanted.limit, [&](JsonWriter& json, const Box<Team>& team) {
                                     write_team(json, *team, sizes[team->id]);
                                   })));
}

Response team_response(int status, const Call& call, TeamId id) {
  const Team* team = call.organisation->team(id);
  if (team == nullptr) {
    return problem_response({.problem = Problem::kNotFound, .detail = "There is no such team."});
  }
  std::string out;
  JsonWriter json(out);
  write_team(json, *team, team_sizes(*call.organisation)[id]);
  Response response = json_response(status, std::move(out));
  response.with("ETag", etag(team->version));
  return response;
}

void show(Call call) {
  Response response = team_response(200, call, call.id<TeamId>());
  call.answer(std::move(response));
}

}  // namespace

void add_teams(Site& site) {
  site.routes.add("/api/v1/teams", {{Method::kGet, Access::kReadToken, Body::kNone, list}});
  site.routes.add("/api/v1/teams/{id}", {{Method::kGet, Access::kReadToken, Body::kNone, show}});
}

}  // namespace pastille::http
