// The answer about a set that clients keep a copy of: whole, encoded once per version for everyone,
// or with ?since=V what has changed after that version and which are gone.
//
// A Set says what it is of:
//   static constexpr const char* kItems;                           the key of the items
//   static std::uint64_t version(const Organisation&);             the greatest rev of an item
//   static const PersistentMap<Id, Box<Item>>& all(const Organisation&);
//   static bool is_shown(const Item&);                             else it is gone
//   static void write(JsonWriter&, const Item&);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "http/call.h"
#include "http/query.h"
#include "wire/json_writer.h"

namespace pastille::http {

template <class Set>
std::string whole_or_changes(const Organisation& organisation, std::optional<std::uint64_t> since) {
  std::string out;
  std::string gone;
  JsonWriter json(out);
  JsonWriter gone_json(gone);
  gone_json.begin_array();
  json.begin_object().field("version", Set::version(organisation));
  json.key(Set::kItems).begin_array();
  Set::all(organisation).for_each([&](auto id, const auto& item) {
    if (since && item->rev <= *since) return;
    if (Set::is_shown(*item)) {
      Set::write(json, *item);
    } else if (since) {
      gone_json.value(id);
    }
  });
  json.end_array();
  gone_json.end_array();
  if (since) json.key("gone").raw(gone);
  json.end_object();
  return out;
}

template <class Set>
void answer_whole_or_changes(Call& call, SharedAnswer& shared) {
  constexpr std::uint64_t kMost = (std::uint64_t{1} << 53) - 1;
  Query query(call.request, call.parts().unicode);
  const auto since = query.number("since", 0, kMost);
  if (!query.good()) return call.invalid(query.take_faults());
  const Organisation& organisation = *call.organisation;
  const std::uint64_t version = Set::version(organisation);
  const std::string tag = '"' + organisation.position().epoch + '.' + std::to_string(version) + '"';
  // A version of the future was another database's: begin anew.
  if (since && *since <= version) {
    Response response = json_response(200, whole_or_changes<Set>(organisation, since));
    return call.answer(std::move(response.with("ETag", tag)));
  }
  const auto encoded =
      shared.get(tag, [&] { return whole_or_changes<Set>(organisation, std::nullopt); });
  call.answer(shared_response(*encoded, call.request));
}

}  // namespace pastille::http
