// RFC 6455 as a client needs it here: the upgrade request, masked frames out, whole frames in. The
// bench does not use the server's own codec, so that it cannot share its faults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pastille::bench {

enum class FrameKind : std::uint8_t { kText = 0x1, kClose = 0x8, kPing = 0x9, kPong = 0xA };

// GET /api/v1/live with the session's cookie, offering compression as browsers do.
// Under TLS the cookie has another name.
std::string upgrade_request(std::string_view cookie, bool tls);
// The length of the head of an answer with status 101; 0: more must come. Throws std::runtime_error
// when it is another answer.
std::size_t upgraded(std::string_view answer);

// A whole masked frame.
std::string masked_frame(FrameKind kind, std::string_view payload);

struct ServerFrame {
  FrameKind kind = FrameKind::kText;
  bool deflated = false;
  std::string_view payload;
  std::size_t size = 0;  // with its header
};
// The frame at the front, nullopt: it is not complete. Throws std::runtime_error on what a server
// must not send or this one never does (masks, fragments, extensions but permessage-deflate).
std::optional<ServerFrame> front_frame(std::string_view bytes);
// The text of a compressed payload (no context takeover).
std::string inflated(std::string_view payload);

}  // namespace pastille::bench
