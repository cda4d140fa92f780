// GET /catalogue: all live statuses for the Banner.
#include "http/resources.h"
#include "http/whole_or_changes.h"
#include "wire/status_json.h"

namespace pastille::http {
namespace {

struct CatalogueSet {
  static constexpr const char* kItems = "statuses";
  static std::uint64_t version(const Organisation& of) { return of.catalogue_version; }
  static const auto& all(const Organisation& of) { return of.statuses; }
  static bool is_shown(const Status& status) { return !status.deleted; }
  static void write(JsonWriter& json, const Status& status) {
    write_catalogue_status(json, status);
  }
};

void catalogue(Call call) {
  SharedAnswer& shared = call.site.shared.catalogue;
  answer_whole_or_changes<CatalogueSet>(std::move(call), shared);
}

}  // namespace

Encoded make_catalogue(const Organisation& organisation) {
  return make_whole<CatalogueSet>(organisation);
}

void add_catalogue(Site& site) {
  site.routes.add("/api/v1/catalogue",
                  {Route{Method::kGet, Access::kReadToken, Body::kNone, catalogue,
                         Origins::kOfChanges, Sharing::kWithElements}
                       .taking({"since"})});
}

}  // namespace pastille::http
