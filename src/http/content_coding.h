// How a body is compressed for who takes that (RFC 9110 8.4). Pure; any thread, and gzip() takes
// some milliseconds a megabyte.
#pragma once

#include <string>
#include <string_view>

#include "http/request.h"

namespace pastille::http {

// Whether Accept-Encoding takes this coding (RFC 9110 12.5.3).
bool accepts_coding(const Request& request, std::string_view coding);
// `text` as gzip (RFC 1952). Throws when there is no memory for it.
std::string gzip(std::string_view text);

}  // namespace pastille::http
