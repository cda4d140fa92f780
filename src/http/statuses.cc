// /statuses: the organisation's list, and what people with the permission do to it.
#include "app/create_status.h"
#include "app/delete_status.h"
#include "app/duplicate_status.h"
#include "app/modify_status.h"
#include "app/restore_status.h"
#include "app/status_query.h"
#include "core/limits.h"
#include "http/command.h"
#include "http/etag.h"
#include "http/named_list.h"
#include "http/once_only.h"
#include "http/resources.h"
#include "wire/status_json.h"

namespace pastille::http {
namespace {

struct Order {
  StatusSort by = StatusSort::kPosition;
  bool descending = false;
};

std::optional<Order> parse_order(std::string_view text) {
  const bool descending = text.starts_with('-');
  const auto by = parse_status_sort(descending ? text.substr(1) : text);
  if (!by) return std::nullopt;
  return Order{*by, descending};
}

void list_statuses(Call call) {
  const Unicode& unicode = call.parts().unicode;
  Query query(call.request, unicode);
  StatusQuery wanted;
  wanted.deleted = query.boolean("deleted").value_or(false);
  if (wanted.deleted) {
    if (const auto may = require(call.who, Permission::kStatusesDelete); !may) {
      return call.refuse(may.error());
    }
  }
  wanted.text = query.text("q", limits::kSearchText).value_or("");
  wanted.tags = query.texts("tag", limits::kTag, limits::kTagsPerStatus);
  wanted.type =
      query.choice("type", parse_status_type, "connected, absent, busy, in_a_call, offline");
  const Order order =
      query.choice("sort", parse_order, "position, name, type, updated_at, each also with a '-'")
          .value_or(Order{});
  wanted.sort = order.by;
  wanted.locale = own_locale(call);
  const std::size_t limit = query.limit();
  const std::string after = query.cursor();
  if (!query.good()) return call.invalid(query.take_faults());

  std::vector<Keyed<StatusId>> rows;
  for (StatusQuery::Row& row : wanted.rows(*call.organisation, unicode)) {
    rows.push_back({std::move(row.key), row.status});
  }
  const Organisation& organisation = *call.organisation;
  call.answer(json_response(200, page_json(call.request, std::move(rows), order.descending, after,
                                           limit, [&](JsonWriter& json, StatusId id) {
                                             write_status(json, *organisation.status(id),
                                                          organisation);
                                           })));
}

Response status_response(int code, const Organisation& organisation, StatusId id) {
  const Status& status = *organisation.status(id);
  Response response = json_response(code, status_json(status, organisation));
  response.with("ETag", etag(status.version));
  return response;
}

Response changed_status(const Organisation& organisation, UserId, StatusId id) {
  return status_response(200, organisation, id);
}

Response created_status(const Organisation& organisation, UserId, StatusId id) {
  Response response = status_response(201, organisation, id);
  response.with("Location", "/api/v1/statuses/" + to_text(id));
  return response;
}

void show_status(Call call) {
  const StatusId id = call.id<StatusId>();
  const Status* status = call.organisation->status(id);
  if (status == nullptr || status->deleted) {
    return call.refuse({.problem = Problem::kNotFound, .detail = "There is no such status."});
  }
  call.answer(status_response(200, *call.organisation, id));
}

void create_status(Call call) {
  std::vector<FieldError> faults;
  CreateStatus command{.fields = parse_status_patch(call.body, PatchOf::kNothing, faults)};
  run_once(std::move(call), std::move(command), std::move(faults), created_status);
}

void modify_status(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  std::vector<FieldError> faults;
  ModifyStatus command{.status = call.id<StatusId>(),
                       .expected_version = *expected,
                       .patch = parse_status_patch(call.body, PatchOf::kAStatus, faults)};
  run_command(std::move(call), std::move(command), std::move(faults), changed_status);
}

void remove_status(Call call) {
  const auto expected = if_match(call.request);
  if (!expected) return call.refuse(expected.error());
  const DeleteStatus command{.status = call.id<StatusId>(), .expected_version = *expected};
  run_command(
      std::move(call), command, {},
      [](const Organisation&, UserId, const DeleteStatus::Answer&) { return no_content(); });
}

void duplicate_status(Call call) {
  const DuplicateStatus command{.status = call.id<StatusId>()};
  run_once(std::move(call), command, {}, created_status);
}

void restore_status(Call call) {
  const RestoreStatus command{.status = call.id<StatusId>()};
  run_once(std::move(call), command, {}, changed_status);
}

}  // namespace

void add_statuses(Site& site) {
  site.routes.add("/api/v1/statuses",
                  {Route{Method::kGet, Access::kReadToken, Body::kNone, list_statuses}.taking(
                       {"q", "tag", "type", "sort", "deleted", "limit", "cursor"}),
                   {Method::kPost, Access::kSession, Body::kJson, create_status}});
  site.routes.add("/api/v1/statuses/{id}",
                  {{Method::kGet, Access::kReadToken, Body::kNone, show_status},
                   {Method::kPatch, Access::kSession, Body::kMergePatch, modify_status},
                   {Method::kDelete, Access::kSession, Body::kNone, remove_status}});
  site.routes.add("/api/v1/statuses/{id}/duplicate",
                  {{Method::kPost, Access::kSession, Body::kNone, duplicate_status}});
  site.routes.add("/api/v1/statuses/{id}/restore",
                  {{Method::kPost, Access::kSession, Body::kNone, restore_status}});
}

}  // namespace pastille::http
