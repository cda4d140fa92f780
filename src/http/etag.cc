#include "http/etag.h"

#include <charconv>

#include "http/ascii.h"

namespace pastille::http {
namespace {

// Of a whole tag with its quotes; nullopt: it is no strong tag.
std::optional<std::string_view> opaque(std::string_view tag) {
  if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') return std::nullopt;
  tag = tag.substr(1, tag.size() - 2);
  if (tag.find('"') != std::string_view::npos) return std::nullopt;
  return tag;
}

}  // namespace

std::string etag(std::uint64_t version) { return '"' + std::to_string(version) + '"'; }

Result<std::optional<std::uint64_t>> if_match(const Request& request) {
  const auto field = request.field("if-match");
  if (!field || trim_blanks(*field) == "*") return std::nullopt;
  const auto tag = opaque(trim_blanks(*field));
  if (!tag) {
    return refuse(Problem::kMalformed,
                  "If-Match takes one strong entity tag, as in \"7\", or an asterisk.");
  }
  std::uint64_t version = 0;
  const auto [end, error] = std::from_chars(tag->data(), tag->data() + tag->size(), version);
  if (error != std::errc() || end != tag->data() + tag->size()) version = 0;
  return version;
}

bool none_match_names(const Request& request, std::string_view tag) {
  const auto field = request.field("if-none-match");
  if (!field) return false;
  std::string_view rest = trim_blanks(*field);
  if (rest == "*") return true;
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  while (!rest.empty()) {
    std::string_view each = trim_blanks(take_until(rest, ','));
    if (each.starts_with("W/")) each.remove_prefix(2);
    if (each == tag) return true;
  }
  return false;
}

}  // namespace pastille::http
