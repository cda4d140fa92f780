// What identifies a request.
#pragma once

#include <string>
#include <string_view>

namespace pastille::http {

// 16 random hexadecimal digits; for finding a request in the log, not a secret. Any thread.
std::string make_request_id();
// 1 to 64 letters, digits, '-', '_' or '.': may go into a log line.
bool is_sound_request_id(std::string_view text);

}  // namespace pastille::http
