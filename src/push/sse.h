// Server-sent events (WHATWG HTML 9.2): the head of the answer, and the same frames as events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "push/frame_kind.h"

namespace pastille::push {

// Status line, headers, and how long to wait before coming back. `shared_with`: the origin of a
// page that may read it besides our own (Fetch, CORS), "" for none.
std::string sse_head(std::string_view shared_with);
// What stands before the JSON of a frame; kSseTail ends it. `epoch` and `seq`: of its position; ""
// or nullopt when it is none.
std::string sse_event(FrameKind kind, std::string_view epoch, std::optional<std::uint64_t> seq);
inline constexpr std::string_view kSseTail = "\n\n";
inline constexpr std::string_view kSseHeartbeat = ":\n\n";
// The last event.
std::string sse_closed(std::uint16_t code);

}  // namespace pastille::push
