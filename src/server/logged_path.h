// A path as the log has it where no route fits: without what may be a secret in it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace pastille::server {

// "/invitation/Xk3f...": "/invitation/(43 bytes)". Segments of limits::kLoggedSegment bytes or more
// are given by their length: a secret is longer, whatever was put around it or encoded.
std::string logged_path(std::string_view path);

}  // namespace pastille::server
