// What identifies a request and who sent it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/request.h"

namespace pastille::http {

// 16 random hexadecimal digits; for finding a request in the log, not a secret. Any thread.
std::string make_request_id();
// 1 to 64 letters, digits, '-', '_' or '.': may go into a log line.
bool is_sound_request_id(std::string_view text);
// The peer, or what a trusted proxy says it took the request from: the last entry of
// X-Forwarded-For, the only one that the proxy itself wrote.
std::string client_address(const Request& request, std::string_view peer,
                           std::span<const std::string> trusted_proxies);

}  // namespace pastille::http
