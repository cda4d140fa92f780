// permessage-deflate (RFC 7692) without context takeover: no connection holds a compressor. Raw
// deflate whose pieces end at a byte, so that pieces compressed apart, for everybody, are joined to
// the payload of one message. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace pastille::push {

// A piece: compressed.
std::string deflated(std::string_view text);
// A piece: as it is, with five bytes in front of each 64 KB.
std::string stored(std::string_view text);
// What ends the pieces of one message.
inline constexpr std::string_view kDeflateEnd{"\0", 1};

enum class InflateFault : std::uint8_t { kBroken, kTooLarge };
// The text of a whole message; at most `limit` bytes, of which no more is ever held.
std::expected<std::string, InflateFault> inflated(std::string_view payload, std::size_t limit);

}  // namespace pastille::push
