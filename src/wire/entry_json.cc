#include "wire/entry_json.h"

namespace pastille {

void write_entry_begin(JsonWriter& json, UserId user, const Entry& entry) {
  json.begin_object()
      .field("user", user)
      .field("status", entry.status)
      .field("type", to_text(entry.type));
  if (entry.note.empty()) {
    json.key("note").null();
  } else {
    json.field("note", entry.note);
  }
  json.field("since", entry.since).field("until", entry.until).key("rev");
}

void write_entry(JsonWriter& json, UserId user, const Entry& entry, std::uint64_t rev) {
  write_entry_begin(json, user, entry);
  json.value(rev).end_object();
}

void write_own_entry(JsonWriter& json, UserId user, const Entry& entry) {
  write_entry(json, user, entry, entry.rev);
}

void write_gone_begin(JsonWriter& json, UserId user) {
  json.begin_object().field("user", user).field("gone", true).key("rev");
}

std::string entry_end(std::uint64_t rev) { return std::to_string(rev) + '}'; }

}  // namespace pastille
