#include "http/request_id.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/limits.h"

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

}  // namespace pastille::http
