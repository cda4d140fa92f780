// GET and DELETE /me/history: what one showed when. Nobody else can read it.
#include "app/erase_own_history.h"
#include "http/command.h"
#include "http/read.h"
#include "http/resources.h"
#include "wire/history_json.h"

namespace pastille::http {
namespace {

void list_own_history(Call call) {
  Query query(call.request, call.parts().unicode);
  const PageRequest page = page_request(query);
  if (!query.good()) return call.invalid(query.take_faults());
  run_read(std::move(call), [page](const Call& from, Archive& archive) {
    return page_response(from, archive.own_history(from.who.user, page), write_own_history);
  });
}

void erase_own_history(Call call) {
  run_command(std::move(call), EraseOwnHistory{}, {},
              [](const Organisation&, UserId, bool) { return no_content(); });
}

}  // namespace

void add_own_history(Site& site) {
  site.routes.add("/api/v1/me/history",
                  {Route{Method::kGet, Access::kSession, Body::kNone, list_own_history}.taking(
                       {"limit", "cursor"}),
                   {Method::kDelete, Access::kSession, Body::kNone, erase_own_history}});
}

}  // namespace pastille::http
