#include "wire/own_status_json.h"

#include "wire/entry_json.h"

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

}  // namespace

void write_my_status(JsonWriter& json, UserId user, const Organisation& organisation) {
  const Presence* presence = organisation.presence(user);
  const Presence nobody;
  if (presence == nullptr) presence = &nobody;
  json.begin_object().key("entry");
  write_entry(json, user, presence->entry);
  json.key("pending");
  if (presence->pending) {
    write_pending(json, *presence->pending, organisation);
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace pastille
