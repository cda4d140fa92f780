#include "http/strict_head.h"

#include <algorithm>

#include "http/ascii.h"

namespace pastille::http {
namespace {

// What may stand in a head between line ends: visible characters, blanks, and bytes of UTF-8 and
// the like (obs-text).
bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

// A name or an address, and a port: what may go into a link (RFC 3986 3.2, without userinfo and
// percent-encoding, which no host here has).
bool is_host(std::string_view value) {
  constexpr std::size_t kLongest = 255 + 6;  // of a name, and a port
  if (value.size() > kLongest) return false;
  std::string_view rest = value;
  const auto take = [&](auto fits) {
    std::size_t size = 0;
    while (size < rest.size() && fits(rest[size])) ++size;
    rest.remove_prefix(size);
    return size > 0;
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_hex = [&](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  if (rest.starts_with('[')) {
    rest.remove_prefix(1);
    if (!take([&](char c) { return is_hex(c) || c == ':' || c == '.'; })) return false;
    if (!rest.starts_with(']')) return false;
    rest.remove_prefix(1);
  } else if (!take([&](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                      c == '.' || c == '_';
             })) {
    return false;
  }
  if (!rest.starts_with(':')) return rest.empty();
  rest.remove_prefix(1);
  return rest.empty() || (rest.size() <= 5 && take(is_digit) && rest.empty());
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

std::optional<std::string_view> fault_of_target(std::string_view target) {
  const auto is_visible = [](char c) { return c > ' ' && c <= '~'; };
  if (std::ranges::all_of(target, is_visible)) return std::nullopt;
  return "A target is written in ASCII; everything else in it is percent-encoded.";
}

std::optional<std::string_view> fault_of_fields(
    std::span<const std::pair<std::string, std::string>> fields, bool http_1_0) {
  int hosts = 0;
  int bodies = 0;
  for (const auto& [name, value] : fields) {
    if (name == "host") {
      ++hosts;
      if (!is_host(value)) return "A Host is a name or an address, and a port.";
    }
    if (name == "content-length") {
      ++bodies;
      if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos) {
        return "A Content-Length is one number.";
      }
    }
    if (name == "transfer-encoding") {
      ++bodies;
      if (http_1_0 || lower_ascii(value) != "chunked") {
        return "The only transfer coding here is chunked, in HTTP/1.1.";
      }
    }
  }
  if (hosts > 1 || (hosts == 0 && !http_1_0)) return "A request has exactly one Host field.";
  if (bodies > 1) return "A request says once how long its body is.";
  return std::nullopt;
}

}  // namespace pastille::http
