#include "http/request_id.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/limits.h"
#include "http/ascii.h"

namespace pastille::http {

std::string make_request_id() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return fmt::format("{:016x}", random());
}

bool is_sound_request_id(std::string_view text) {
  if (text.empty() || text.size() > limits::kRequestId) return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

std::string client_address(const Request& request, std::string_view peer,
                           std::span<const std::string> trusted_proxies) {
  const auto forwarded = request.field("x-forwarded-for");
  if (!forwarded || std::ranges::find(trusted_proxies, peer) == trusted_proxies.end()) {
    return std::string(peer);
  }
  const std::string_view last = trim_blanks(forwarded->substr(forwarded->rfind(',') + 1));
  return std::string(last.empty() ? peer : last);
}

}  // namespace pastille::http
