#include "oidc/url.h"

#include "oidc/settings.h"

namespace pastille::oidc {

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (kPlain.contains(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 0xFU];
    }
  }
  return out;
}

void add_parameter(std::string& url, std::string_view name, std::string_view value) {
  url += url.contains('?') ? '&' : '?';
  url += name;
  url += '=';
  url += percent_encoded(value);
}

bool is_sound_url(std::string_view url) {
  for (const char c : url) {
    if (c <= ' ' || c > '~' || c == '#' || c == '\\' || c == '"') return false;
  }
  const bool secure = url.starts_with("https://");
  if (!secure && !url.starts_with("http://")) return false;
  std::string_view authority = url.substr(secure ? 8 : 7);
  authority = authority.substr(0, authority.find_first_of("/?"));
  if (authority.empty() || authority.contains('@')) return false;
  if (secure) return true;
  const bool bracketed = authority.starts_with('[');
  const std::size_t end = bracketed ? authority.find(']') + 1 : authority.find(':');
  const std::string_view host = authority.substr(0, end);
  const std::string_view port = authority.substr(host.size());
  if (!port.empty() && port.front() != ':') return false;
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

}  // namespace pastille::oidc
