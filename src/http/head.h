// The head of an answer as bytes: status line, fields that every answer carries (security, request
// id, date), its own fields, length. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/time.h"
#include "http/response.h"

namespace pastille::http {

struct HeadContext {
  std::string_view request_id;
  Time now = {};
  bool under_tls = false;
  bool keep_alive = true;
};

std::string response_head(const Response& response, const HeadContext& context);
std::string_view reason_phrase(int status);

// The whole answer to a request without TLS where TLS is spoken.
inline constexpr std::string_view kSpeakTls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 45\r\n"
    "Connection: close\r\n\r\nThis port speaks TLS: ask for https:// here.\n";

}  // namespace pastille::http
