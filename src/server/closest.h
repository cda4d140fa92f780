// What somebody who misspelt a name may have meant: the known one with the fewest letters other.
// Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace pastille::server {

// Letters to put in, take out or replace until they are the same (Levenshtein).
inline std::size_t letters_apart(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t replaced = diagonal + (one[i] == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

// "": none is close. One whose last part ("grace_s" of "presence.grace_s") is the name is.
template <class Names>
std::string closest(std::string_view name, const Names& names) {
  constexpr std::size_t kLongest = 100;  // longer ones are no slip of the hand
  std::string found;
  std::size_t least = std::min<std::size_t>(name.size() / 3, 3) + 1;
  if (name.size() > kLongest) return found;
  for (const auto& each : names) {
    const std::string_view known = each;
    const bool last_part = known.ends_with("." + std::string(name));
    const std::size_t apart = last_part ? 0 : letters_apart(name, known);
    if (apart >= least) continue;
    least = apart;
    found = known;
  }
  return found;
}

}  // namespace pastille::server
