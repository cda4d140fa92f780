#include "wire/written_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace pastille {

std::optional<StatusType> written_type(std::string_view text, const Unicode& unicode) {
  constexpr std::array<std::pair<std::string_view, StatusType>, 5> kOthers = {
      {{"online", StatusType::kConnected},
       {"available", StatusType::kConnected},
       {"away", StatusType::kAbsent},
       {"dnd", StatusType::kBusy},
       {"do_not_disturb", StatusType::kBusy}}};
  std::string name = unicode.fold(unicode.tidy(text).value_or(std::string()));
  std::ranges::replace_if(name, [](char c) { return c == ' ' || c == '-'; }, '_');
  for (const auto& [other, type] : kOthers) {
    if (name == other) return type;
  }
  const auto type = parse_status_type(name);
  return type == StatusType::kOffline ? std::nullopt : type;
}

std::optional<std::int64_t> written_duration(std::string_view text, const Unicode& unicode) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 12> kUnits = {{{"", 1},
                                                                                 {"s", 1},
                                                                                 {"sec", 1},
                                                                                 {"second", 1},
                                                                                 {"seconds", 1},
                                                                                 {"min", 60},
                                                                                 {"minute", 60},
                                                                                 {"minutes", 60},
                                                                                 {"h", 3600},
                                                                                 {"hour", 3600},
                                                                                 {"hours", 3600},
                                                                                 {"std", 3600}}};
  constexpr std::int64_t kMost =
      1'000'000'000;  // far above what is taken, and times 3600 no overflow
  const std::string folded = unicode.fold(unicode.tidy(text).value_or(std::string()));
  std::int64_t number = 0;
  const char* end = folded.data() + folded.size();
  const auto [after, error] = std::from_chars(folded.data(), end, number);
  if (error != std::errc() || number > kMost || number < -kMost) return std::nullopt;
  std::string_view unit(after, static_cast<std::size_t>(end - after));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  for (const auto& [name, seconds] : kUnits) {
    if (unit == name) return number * seconds;
  }
  return std::nullopt;
}

}  // namespace pastille
