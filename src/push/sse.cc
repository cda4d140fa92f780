#include "push/sse.h"

#include <fmt/format.h>

namespace pastille::push {

std::string sse_head() {
  return "HTTP/1.1 200 OK\r\n"
         "Content-Type: text/event-stream\r\n"
         "Cache-Control: no-store\r\n"
         "X-Accel-Buffering: no\r\n"
         "X-Content-Type-Options: nosniff\r\n"
         "Connection: close\r\n"
         "\r\n"
         "retry: 3000\n\n";
}

std::string sse_event(std::string_view is, std::string_view epoch,
                      std::optional<std::uint64_t> seq) {
  if (!seq) return fmt::format("event: {}\ndata: ", is);
  return fmt::format("event: {}\nid: {}.{}\ndata: ", is, epoch, *seq);
}

std::string sse_closed(std::uint16_t code) {
  return fmt::format("event: closed\ndata: {{\"code\":{}}}\n\n", code);
}

}  // namespace pastille::push
