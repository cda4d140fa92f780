// GET /directory: everyone active for the Banner.
#include "http/resources.h"
#include "http/whole_or_changes.h"
#include "wire/user_json.h"

namespace pastille::http {
namespace {

struct DirectorySet {
  static constexpr const char* kItems = "users";
  static std::uint64_t version(const Organisation& of) { return of.directory_version; }
  static const auto& all(const Organisation& of) { return of.people; }
  static bool is_shown(const Person& person) { return person.active && !person.erased; }
  static void write(JsonWriter& json, const Person& person) { write_person(json, person); }
};

void directory(Call call) {
  SharedAnswer& shared = call.site.shared.directory;
  answer_whole_or_changes<DirectorySet>(std::move(call), shared);
}

}  // namespace

Encoded make_directory(const Organisation& organisation) {
  return make_whole<DirectorySet>(organisation);
}

void add_directory(Site& site) {
  site.routes.add(
      "/api/v1/directory",
      {Route{Method::kGet, Access::kReadToken, Body::kNone, directory}.taking({"since"})});
}

}  // namespace pastille::http
