// GET /catalogue: all live statuses for the Banner, encoded once per version; ?since=V: what
// changed.
#include "http/call.h"
#include "http/query.h"
#include "http/resources.h"
#include "wire/status_json.h"

namespace pastille::http {
namespace {

std::string whole(const Organisation& organisation) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("version", organisation.catalogue_version);
  json.key("statuses").begin_array();
  organisation.statuses.for_each([&](StatusId, const Box<Status>& status) {
    if (!status->deleted) write_catalogue_status(json, *status);
  });
  json.end_array().end_object();
  return out;
}

std::string changed_since(const Organisation& organisation, std::uint64_t version) {
  std::string out;
  std::vector<StatusId> gone;
  JsonWriter json(out);
  json.begin_object().field("version", organisation.catalogue_version);
  json.key("statuses").begin_array();
  organisation.statuses.for_each([&](StatusId id, const Box<Status>& status) {
    if (status->rev <= version) return;
    if (status->deleted) {
      gone.push_back(id);
    } else {
      write_catalogue_status(json, *status);
    }
  });
  json.end_array().key("gone").begin_array();
  for (const StatusId id : gone) json.value(id);
  json.end_array().end_object();
  return out;
}

void catalogue(Call call) {
  constexpr std::uint64_t kMost = (std::uint64_t{1} << 53) - 1;
  Query query(call.request, call.parts().unicode);
  const auto since = query.number("since", 0, kMost);
  if (!query.good()) return call.invalid(query.take_faults());
  const Organisation& organisation = *call.organisation;
  const std::string tag = '"' + organisation.position().epoch + '.' +
                          std::to_string(organisation.catalogue_version) + '"';
  // A version of the future was another database's: begin anew.
  if (since && *since <= organisation.catalogue_version) {
    Response response = json_response(200, changed_since(organisation, *since));
    return call.answer(std::move(response.with("ETag", tag)));
  }
  const auto encoded = call.site.shared.catalogue.get(tag, [&] { return whole(organisation); });
  call.answer(shared_response(*encoded, call.request));
}

}  // namespace

void add_catalogue(Site& site) {
  site.routes.add("/api/v1/catalogue", {{Method::kGet, Access::kReadToken, Body::kNone, catalogue,
                                         Origins::kOfChanges, Sharing::kWithElements}});
}

}  // namespace pastille::http
