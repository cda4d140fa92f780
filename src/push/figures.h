// What the live side has done, for metrics. Counted by the thread of a hub, read by any.
#pragma once

#include <atomic>
#include <cstdint>

namespace pastille::push {

struct Figures {
  std::atomic<std::int64_t> connections{0};      // open now, WebSocket and SSE
  std::atomic<std::int64_t> present{0};          // of them, those that make their person signed in
  std::atomic<std::int64_t> slow{0};             // of them, those whose socket takes nothing now
  std::atomic<std::uint64_t> frames_sent{0};     // handed to sockets
  std::atomic<std::uint64_t> bytes_sent{0};      // with their headers
  std::atomic<std::uint64_t> frames_encoded{0};  // written as JSON; the rest was shared
  std::atomic<std::uint64_t> entries_encoded{0};
  std::atomic<std::uint64_t> frames_received{0};
  std::atomic<std::uint64_t> ticks{0};
  std::atomic<std::uint64_t> refusals{0};
};

}  // namespace pastille::push
