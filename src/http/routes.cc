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

std::size_t Route::body_most() const {
  if (access == Access::kAnyone || access == Access::kInvitation) {
    return limits::kAnonymousBodyBytes;
  }
  return body == Body::kCsv || body == Body::kJsonOrCsv ? limits::kImportBytes : limits::kBodyBytes;
}

bool Resource::names_all_parameters() const {
  return pattern.starts_with("/api/v1/") && !pattern.starts_with("/api/v1/live");
}

const Route* Resource::route(Method method) const {
  const bool head = method == Method::kHead;
  for (const Route& each : routes) {
    if (each.method != (head ? Method::kGet : method)) continue;
    return head && begins_live(each) ? nullptr : &each;
  }
  return nullptr;
}

std::string Resource::allow() const {
  constexpr std::array<std::pair<Method, std::string_view>, 6> kNames = {
      {{Method::kGet, "GET"},
       {Method::kHead, "HEAD"},
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
