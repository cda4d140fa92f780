// The head of a request as it came, before the parser reads it: Beast forgives line ends and folds
// that a proxy before us may read differently, and a request that two read differently is how one
// is smuggled past the first (RFC 9112 11.2). Pure.
#pragma once

#include <optional>
#include <string_view>

namespace pastille::http {

// `head` is everything up to and with the empty line. nullopt: nothing is wrong with its lines.
std::optional<std::string_view> fault_of_head(std::string_view head);

}  // namespace pastille::http
