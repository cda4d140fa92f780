// The head of a request as it came, before the parser reads it: Beast forgives line ends and folds
// that a proxy before us may read differently, and a request that two read differently is how one
// is smuggled past the first (RFC 9112 11.2). Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace pastille::http {

// `head` is everything up to and with the empty line. nullopt: nothing is wrong with its lines.
std::optional<std::string_view> fault_of_head(std::string_view head);

// Of a request's first line (RFC 9112 3.2); HTTP clients encode what is no ASCII.
std::optional<std::string_view> fault_of_target(std::string_view target);

// What the fields (names in lower case) say of the host and of where the body ends: once, in one
// way. Beast takes lists of equal lengths, and chunks in HTTP/1.0, which others may not.
std::optional<std::string_view> fault_of_fields(
    std::span<const std::pair<std::string, std::string>> fields, bool http_1_0);

}  // namespace pastille::http
