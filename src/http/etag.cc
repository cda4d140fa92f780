#include "http/etag.h"

#include <charconv>

namespace pastille::http {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

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
  if (!field || trim(*field) == "*") return std::nullopt;
  const auto tag = opaque(trim(*field));
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
  std::string_view rest = trim(*field);
  if (rest == "*") return true;
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  while (!rest.empty()) {
    std::string_view each = trim(rest.substr(0, rest.find(',')));
    rest.remove_prefix(std::min(
        rest.size(), rest.find(',') == std::string_view::npos ? rest.size() : rest.find(',') + 1));
    if (each.starts_with("W/")) each.remove_prefix(2);
    if (each == tag) return true;
  }
  return false;
}

}  // namespace pastille::http
