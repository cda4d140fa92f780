// Whether a request came from one of our own pages. Pure. Needed on every request that changes
// something and on every live connection, because browsers send cookies along from anywhere.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pastille::http {

struct OriginClues {
  std::optional<std::string_view> origin;          // Origin
  std::optional<std::string_view> host;            // Host
  std::optional<std::string_view> sec_fetch_site;  // Sec-Fetch-Site
};

// The origin must be one of `public_urls`; without any, its host and port must equal Host. Absent,
// it is allowed when Sec-Fetch-Site is absent, "none" or "same-origin".
bool is_own_origin(const OriginClues& clues, std::span<const std::string> public_urls);
// The origin is one of these.
bool is_among(std::string_view origin, std::span<const std::string> origins);

}  // namespace pastille::http
