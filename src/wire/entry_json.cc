#include "wire/entry_json.h"

namespace pastille {

void write_entry(JsonWriter& json, UserId user, const Entry& entry) {
  json.begin_object()
      .field("user", user)
      .field("status", entry.status)
      .field("type", to_text(entry.type));
  if (entry.note.empty()) {
    json.key("note").null();
  } else {
    json.field("note", entry.note);
  }
  json.field("since", entry.since).field("until", entry.until).field("rev", entry.rev).end_object();
}

void write_gone(JsonWriter& json, UserId user, std::uint64_t rev) {
  json.begin_object().field("user", user).field("gone", true).field("rev", rev).end_object();
}

}  // namespace pastille
