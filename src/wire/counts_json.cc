#include "wire/counts_json.h"

#include <array>

namespace pastille {

void write_count_members(JsonWriter& json, const Organisation& organisation) {
  std::array<std::size_t, kStatusTypes.size()> by_type{};
  organisation.shown.for_each([&](StatusId id, std::size_t count) {
    const Status* status = organisation.status(id);
    if (status != nullptr) by_type[static_cast<std::size_t>(status->fields.type)] += count;
  });
  json.key("by_type").begin_object();
  for (const StatusType type : kStatusTypes) {
    json.field(to_text(type), by_type[static_cast<std::size_t>(type)]);
  }
  json.end_object().key("by_status").begin_object();
  organisation.shown.for_each([&](StatusId id, std::size_t count) {
    if (count > 0) json.field(to_text(id), count);
  });
  json.end_object();
}

void write_counts(JsonWriter& json, const Organisation& organisation) {
  json.begin_object();
  write_count_members(json, organisation);
  json.end_object();
}

}  // namespace pastille
