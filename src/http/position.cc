#include "http/position.h"

#include <charconv>

namespace pastille::http {

std::string position_text(const Position& position) {
  return position.epoch + '.' + std::to_string(position.seq);
}

std::optional<Position> parse_position(std::string_view text) {
  const std::size_t point = text.rfind('.');
  if (point == std::string_view::npos || point == 0 || point > 64) return std::nullopt;
  const std::string_view digits = text.substr(point + 1);
  Position position{.epoch = std::string(text.substr(0, point))};
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), position.seq);
  if (error != std::errc() || end != digits.data() + digits.size() ||
      position.seq >= std::uint64_t{1} << 53) {
    return std::nullopt;
  }
  return position;
}

}  // namespace pastille::http
