#include "push/sse.h"

#include <fmt/format.h>

namespace pastille::push {

std::string sse_head(std::string_view shared_with) {
  std::string head =
      "HTTP/1.1 200 OK\r\n"
      "Content-Type: text/event-stream\r\n"
      "Cache-Control: no-store\r\n"
      "X-Accel-Buffering: no\r\n"
      "X-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: same-origin\r\n"
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
      "Vary: Origin\r\n"
      "Connection: close\r\n";
  if (!shared_with.empty()) {
    head +=
        fmt::format("Access-Control-Allow-Origin: {}\r\nAccess-Control-Allow-Credentials: true\r\n",
                    shared_with);
  }
  return head + "\r\nretry: 3000\n\n";
}

std::string sse_event(FrameKind kind, std::string_view epoch, std::optional<std::uint64_t> seq) {
  if (!seq || epoch.empty()) return fmt::format("event: {}\ndata: ", name_of(kind));
  return fmt::format("event: {}\nid: {}.{}\ndata: ", name_of(kind), epoch, *seq);
}

std::string sse_closed(std::uint16_t code) {
  return fmt::format("event: closed\ndata: {{\"code\":{}}}\n\n", code);
}

}  // namespace pastille::push
