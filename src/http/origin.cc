#include "http/origin.h"

#include <algorithm>

#include "http/ascii.h"

namespace pastille::http {
namespace {

// Scheme and authority in lower case, without a default port; "" when it is no http origin.
std::string canonical(std::string_view url) {
  std::string text = lower_ascii(url);
  while (!text.empty() && text.back() == '/') text.pop_back();
  const bool secure = text.starts_with("https://");
  if (!secure && !text.starts_with("http://")) return "";
  const std::string_view port = secure ? ":443" : ":80";
  if (text.ends_with(port)) text.resize(text.size() - port.size());
  return text;
}

std::string_view authority(std::string_view canonical_url) {
  return canonical_url.substr(canonical_url.find("//") + 2);
}

bool equals_host(const std::string& origin, std::string_view host) {
  // Behind a proxy that ends TLS we do not know the scheme, so both default ports are dropped.
  std::string wanted = lower_ascii(host);
  const std::string_view port = origin.starts_with("https://") ? ":443" : ":80";
  if (wanted.ends_with(port)) wanted.resize(wanted.size() - port.size());
  return authority(origin) == wanted;
}

}  // namespace

bool is_own_origin(const OriginClues& clues, std::span<const std::string> public_urls) {
  if (!clues.origin) {
    return !clues.sec_fetch_site || *clues.sec_fetch_site == "none" ||
           *clues.sec_fetch_site == "same-origin";
  }
  if (!public_urls.empty()) return is_among(*clues.origin, public_urls);
  const std::string origin = canonical(*clues.origin);
  return !origin.empty() && clues.host && equals_host(origin, *clues.host);
}

bool is_among(std::string_view text, std::span<const std::string> origins) {
  const std::string origin = canonical(text);
  if (origin.empty()) return false;
  return std::ranges::any_of(origins,
                             [&](const std::string& url) { return canonical(url) == origin; });
}

}  // namespace pastille::http
