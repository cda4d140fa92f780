#include "server/logged_path.h"

#include <algorithm>

#include "core/limits.h"

namespace pastille::server {

std::string logged_path(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    if (path.front() == '/') {
      out += '/';
      path.remove_prefix(1);
      continue;
    }
    const std::string_view segment = path.substr(0, std::min(path.find('/'), path.size()));
    if (segment.size() < limits::kLoggedSegment) {
      out += segment;
    } else {
      out += '(' + std::to_string(segment.size()) + " bytes)";
    }
    path.remove_prefix(segment.size());
  }
  return out;
}

}  // namespace pastille::server
