// Percent-encoding of what goes into queries and forms (RFC 3986: unreserved characters stay).
// Pure.
#pragma once

#include <string>
#include <string_view>

namespace pastille::oidc {

std::string percent_encoded(std::string_view text);
// `url` with one more parameter.
void add_parameter(std::string& url, std::string_view name, std::string_view value);

}  // namespace pastille::oidc
