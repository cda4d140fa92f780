#include "http/strict_head.h"

namespace pastille::http {
namespace {

// What may stand in a head between line ends: visible characters, blanks, and bytes of UTF-8 and
// the like (obs-text).
bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

}  // namespace

std::optional<std::string_view> fault_of_head(std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    const char c = head[i];
    if (is_text(c)) continue;
    if (c != '\r' && c != '\n') return "A control character in a head.";
    if (c == '\n' || i + 1 == head.size() || head[i + 1] != '\n') {
      return "A line of a head ends in CR and LF, together.";
    }
    ++i;
    if (i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) {
      return "A field is not folded over several lines.";
    }
  }
  return std::nullopt;
}

}  // namespace pastille::http
