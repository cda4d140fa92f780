// GET /directory: everyone active for the Banner, encoded once per version; ?since=V: what changed.
#include "http/call.h"
#include "http/query.h"
#include "http/resources.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

std::string whole(const Organisation& organisation) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("version", organisation.directory_version);
  json.key("users").begin_array();
  organisation.people.for_each([&](UserId, const Box<Person>& person) {
    if (person->active && !person->erased) write_person(json, *person);
  });
  json.end_array().end_object();
  return out;
}

std::string changed_since(const Organisation& organisation, std::uint64_t version) {
  std::string out;
  std::vector<UserId> gone;
  JsonWriter json(out);
  json.begin_object().field("version", organisation.directory_version);
  json.key("users").begin_array();
  organisation.people.for_each([&](UserId id, const Box<Person>& person) {
    if (person->rev <= version) return;
    if (!person->active || person->erased) {
      gone.push_back(id);
    } else {
      write_person(json, *person);
    }
  });
  json.end_array().key("gone").begin_array();
  for (const UserId id : gone) json.value(id);
  json.end_array().end_object();
  return out;
}

void directory(Call call) {
  constexpr std::uint64_t kMost = (std::uint64_t{1} << 53) - 1;
  Query query(call.request, call.parts().unicode);
  const auto since = query.number("since", 0, kMost);
  if (!query.good()) return call.invalid(query.take_faults());
  const Organisation& organisation = *call.organisation;
  const std::string tag = '"' + organisation.position().epoch + '.' +
                          std::to_string(organisation.directory_version) + '"';
  // A version of the future was another database's: begin anew.
  if (since && *since <= organisation.directory_version) {
    Response response = json_response(200, changed_since(organisation, *since));
    return call.answer(std::move(response.with("ETag", tag)));
  }
  const auto encoded = call.site.shared.directory.get(tag, [&] { return whole(organisation); });
  call.answer(shared_response(*encoded, call.request));
}

}  // namespace

void add_directory(Site& site) {
  site.routes.add("/api/v1/directory",
                  {{Method::kGet, Access::kReadToken, Body::kNone, directory}});
}

}  // namespace pastille::http
