#include "wire/own_status_json.h"

#include "wire/entry_json.h"
#include "wire/fields.h"

namespace pastille {
namespace {

void write_pending(JsonWriter& json, const Pending& pending, const Organisation& organisation) {
  const Status* status = organisation.status(pending.status);
  const StatusType type = status != nullptr ? status->fields.type : StatusType::kConnected;
  json.begin_object().field("status", pending.status).field("type", to_text(type)).key("note");
  if (pending.note.empty()) {
    json.null();
  } else {
    json.value(pending.note);
  }
  json.field("until", pending.until).end_object();
}

UntilAsked parse_until(Fields& fields) {
  const auto until = fields.nullable_text("until");
  const auto for_s = fields.number("for_s");
  if (fields.has("until") && fields.has("for_s")) {
    fields.fault("for_s", "Give until or for_s, not both.");
    return UntilDefault{};
  }
  if (for_s) return UntilFor{std::chrono::seconds(*for_s)};
  if (!until) return UntilDefault{};
  if (!*until) return UntilNever{};
  if (**until == "today") return UntilToday{};
  if (const auto at = parse_time(**until)) return UntilInstant{*at};
  fields.fault("until", "An instant as in RFC 3339, \"today\", or null for no end.");
  return UntilDefault{};
}

}  // namespace

SetOwnStatus parse_set_status(const boost::json::value& body, std::vector<FieldError>& faults) {
  Fields fields(body, faults);
  SetOwnStatus command;
  // What is no id is no status that can be chosen: the rule says so.
  const auto status = fields.text("status_id", Need::kRequired);
  if (status) command.status = parse_id<StatusId>(*status).value_or(StatusId{});
  if (const auto note = fields.nullable_text("note"); note && *note) command.note = **note;
  command.until = parse_until(fields);
  fields.nothing_else();
  return command;
}

void write_own_status(JsonWriter& json, UserId user, const OwnStatus& shown,
                      const Organisation& organisation) {
  json.begin_object().key("entry");
  write_own_entry(json, user, shown.entry);
  json.key("pending");
  if (shown.pending) {
    write_pending(json, *shown.pending, organisation);
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace pastille
