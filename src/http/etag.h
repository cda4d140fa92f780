// Entity tags and the conditions on them (RFC 9110 8.8.3 and 13.1). Versions are strong tags of
// their number: "7".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/refusal.h"
#include "http/request.h"

namespace pastille::http {

std::string etag(std::uint64_t version);
// nullopt: no condition, or `*`. A tag that is none of ours is version 0, which nothing has.
// Refuses kMalformed: a weak tag, several tags, or what is no tag.
Result<std::optional<std::uint64_t>> if_match(const Request& request);
// Weak comparison with If-None-Match.
bool none_match_names(const Request& request, std::string_view tag);

}  // namespace pastille::http
