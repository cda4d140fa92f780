// Pages of lists that are in memory: items carry a key whose byte order is the order of the list
// and that is unique, as it ends in the id. A page begins after the key that its cursor holds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/call.h"
#include "http/cursor.h"
#include "wire/json_writer.h"

namespace pastille::http {

// A number as bytes that sort as the number does.
inline std::string key_of(std::uint64_t number) {
  std::string out(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) out[7 - i] = static_cast<char>(number >> (8 * i));
  return out;
}

template <class Item>
struct Keyed {
  std::string key;
  Item item;
};

// {items, total, next}; `write(json, item)` writes one.
template <class Item, class Write>
std::string page_json(const Request& request, std::vector<Keyed<Item>> all, bool descending,
                      const std::string& after, std::size_t limit, Write write) {
  const auto before = [descending](const std::string& left, const std::string& right) {
    return descending ? right < left : left < right;
  };
  std::ranges::sort(all, before, &Keyed<Item>::key);
  auto first = all.begin();
  if (!after.empty()) {
    first = std::upper_bound(
        all.begin(), all.end(), after,
        [&](const std::string& key, const Keyed<Item>& item) { return before(key, item.key); });
  }
  const auto left = static_cast<std::size_t>(all.end() - first);
  const auto last = first + static_cast<std::ptrdiff_t>(std::min(limit, left));

  std::string out;
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (auto each = first; each != last; ++each) write(json, each->item);
  json.end_array().field("total", all.size()).key("next");
  if (last == all.end()) {
    json.null();
  } else {
    json.value(make_cursor(std::prev(last)->key, request));
  }
  json.end_object();
  return out;
}

}  // namespace pastille::http
