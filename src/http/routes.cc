#include "http/routes.h"

#include <array>
#include <optional>

#include "core/limits.h"
#include "http/ascii.h"

namespace pastille::http {
namespace {

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  if (path.size() > 1 && path.back() == '/') return std::nullopt;
  std::vector<std::string> ids;
  while (!pattern.empty() || !path.empty()) {
    if (pattern.empty() || path.empty()) return std::nullopt;
    const std::string_view wanted = take_until(pattern, '/');
    const std::string_view given = take_until(path, '/');
    if (wanted.starts_with('{')) {
      auto id = decode_path_segment(given);
      if (!id || id->empty()) return std::nullopt;
      ids.push_back(std::move(*id));
    } else if (wanted != given) {
      return std::nullopt;
    }
  }
  return ids;
}

}  // namespace

std::size_t body_most(Body body) {
  if (body == Body::kCsv) return limits::kImportBytes;
  return body == Body::kJsonOrCsv ? limits::kStatusFileBytes : limits::kBodyBytes;
}

const Route* Resource::route(Method method) const {
  if (method == Method::kHead) method = Method::kGet;
  for (const Route& each : routes) {
    if (each.method == method) return &each;
  }
  return nullptr;
}

std::string Resource::allow() const {
  constexpr std::array<std::pair<Method, std::string_view>, 5> kNames = {
      {{Method::kGet, "GET, HEAD"},
       {Method::kPost, "POST"},
       {Method::kPut, "PUT"},
       {Method::kPatch, "PATCH"},
       {Method::kDelete, "DELETE"}}};
  std::string out;
  for (const auto& [method, name] : kNames) {
    if (route(method) == nullptr) continue;
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

Found Routes::find(std::string_view path) const {
  for (const Resource& each : resources_) {
    if (auto ids = match(each.pattern, path)) return {&each, std::move(*ids)};
  }
  return {};
}

}  // namespace pastille::http
