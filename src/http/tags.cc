// GET /tags: the tags of live statuses, by name, with how many carry each.
#include <map>

#include "http/call.h"
#include "http/resources.h"
#include "wire/json_writer.h"

namespace pastille::http {
namespace {

struct Counted {
  std::string tag;  // as it was first written
  std::size_t count = 0;
};

void tags(Call call) {
  std::map<std::string, Counted> by_fold;
  call.organisation->statuses.for_each([&](StatusId, const Box<Status>& status) {
    if (status->deleted) return;
    for (const Label& tag : status->fields.tags) {
      Counted& counted = by_fold[tag.folded];
      if (counted.count++ == 0) counted.tag = tag.text;
    }
  });
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const auto& [fold, each] : by_fold) {
    json.begin_object().field("tag", each.tag).field("count", each.count).end_object();
  }
  json.end_array().field("total", by_fold.size()).key("next").null().end_object();
  call.answer(json_response(200, std::move(out)));
}

}  // namespace

void add_tags(Site& site) {
  site.routes.add("/api/v1/tags", {{Method::kGet, Access::kReadToken, Body::kNone, tags}});
}

}  // namespace pastille::http
