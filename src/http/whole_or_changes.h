// The answer about a set that clients keep a copy of: whole, encoded once per version for everyone,
// or with ?since=V what has changed after that version and which are gone. Who misses more than
// limits::kChangesListed gets the whole (without `gone`).
//
// A Set says what it is of:
//   static constexpr const char* kItems;                           the key of the items
//   static std::uint64_t version(const Organisation&);             the greatest rev of an item
//   static const PersistentMap<Id, Box<Item>>& all(const Organisation&);
//   static bool is_shown(const Item&);                             else it is gone
//   static void write(JsonWriter&, const Item&);
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/limits.h"
#include "http/call.h"
#include "http/query.h"
#include "wire/json_writer.h"

namespace pastille::http {

// The newest changes, the newest first.
template <class Set>
void list_changes(const Organisation& organisation, Encoded& encoded) {
  std::vector<std::uint64_t> revs;
  Set::all(organisation).for_each([&](auto, const auto& item) { revs.push_back(item->rev); });
  if (revs.size() > limits::kChangesListed) {
    const auto last = revs.begin() + static_cast<std::ptrdiff_t>(limits::kChangesListed);
    std::ranges::nth_element(revs, last, std::ranges::greater{});
    encoded.listed_from = *last;
  }
  Set::all(organisation).for_each([&](auto id, const auto& item) {
    if (item->rev <= encoded.listed_from) return;
    Encoded::Changed changed{.rev = item->rev, .gone = !Set::is_shown(*item), .json = {}};
    JsonWriter json(changed.json);
    if (changed.gone) {
      json.value(id);
    } else {
      Set::write(json, *item);
    }
    encoded.changes.push_back(std::move(changed));
  });
  std::ranges::sort(encoded.changes, std::ranges::greater{}, &Encoded::Changed::rev);
}

// On a reader's thread.
template <class Set>
Encoded make_whole(const Organisation& organisation) {
  Encoded encoded{.epoch = organisation.position().epoch, .version = Set::version(organisation)};
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("version", encoded.version).key(Set::kItems).begin_array();
  Set::all(organisation).for_each([&](auto, const auto& item) {
    if (Set::is_shown(*item)) Set::write(json, *item);
  });
  json.end_array().end_object();
  encoded.plain = std::make_shared<const std::string>(std::move(out));
  list_changes<Set>(organisation, encoded);
  return encoded;
}

inline std::string changes_since(const Encoded& encoded, const char* items, std::uint64_t since) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("version", encoded.version);
  const auto write = [&](const char* key, bool gone) {
    json.key(key).begin_array();
    for (const Encoded::Changed& each : encoded.changes) {
      if (each.rev <= since) break;
      if (each.gone == gone) json.raw(each.json);
    }
    json.end_array();
  };
  write(items, false);
  write("gone", true);
  json.end_object();
  return out;
}

template <class Set>
void answer_whole_or_changes(Call call, SharedAnswer& shared) {
  constexpr std::uint64_t kMost = (std::uint64_t{1} << 53) - 1;
  Query query(call.request, call.parts().unicode);
  const auto since = query.number("since", 0, kMost);
  if (!query.good()) return call.invalid(query.take_faults());
  const std::uint64_t version = Set::version(*call.organisation);
  shared.serve(std::move(call), version, [since](const Call& from, const Encoded& encoded) {
    // A version of the future was another database's: begin anew.
    if (!since || *since < encoded.listed_from || *since > encoded.version) {
      return shared_response(encoded, from.request);
    }
    Response response = json_response(200, changes_since(encoded, Set::kItems, *since));
    return response.with("ETag", encoded.tag());
  });
}

}  // namespace pastille::http
