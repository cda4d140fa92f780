// RFC 6455 after the upgrade, the server's side: a parser of what clients send and the headers of
// what we send. No sockets, no time, no limits other than the size of a message.
//
// The parser is incremental: feed() it what arrived, then take next() until it needs more. Payloads
// are unmasked in place. It holds memory only while a message is incomplete. What it refuses is
// final: the connection is closed with the code. Messages may come compressed (RFC 7692, without
// context takeover) when that was agreed on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "push/utf8_check.h"

namespace pastille::push {

enum class Opcode : std::uint8_t {
  kContinuation = 0x0,
  kText = 0x1,
  kBinary = 0x2,
  kClose = 0x8,
  kPing = 0x9,
  kPong = 0xA,
};

// RFC 6455 7.4.1 and the contract's own.
namespace close_code {
inline constexpr std::uint16_t kNormal = 1000;
inline constexpr std::uint16_t kProtocol = 1002;
inline constexpr std::uint16_t kNotText = 1003;
inline constexpr std::uint16_t kNoCode = 1005;  // never on the wire
inline constexpr std::uint16_t kLost = 1006;    // never on the wire
inline constexpr std::uint16_t kNotUtf8 = 1007;
inline constexpr std::uint16_t kTooLarge = 1009;
inline constexpr std::uint16_t kRestarting = 1012;
inline constexpr std::uint16_t kMalformed = 4400;
inline constexpr std::uint16_t kSessionEnded = 4401;
inline constexpr std::uint16_t kSilent = 4408;
inline constexpr std::uint16_t kTooFast = 4429;
}  // namespace close_code

// May stand in a close frame that a client sends.
bool is_close_code(std::uint16_t code);

struct NeedMore {};
struct TextMessage {
  std::string_view text;  // valid UTF-8; until the next call of the parser
};
struct Ping {
  std::string_view payload;  // until the next call of the parser
};
struct Pong {};
// A part of a message that brought nothing forward: counted like a message, so that empty
// fragments cannot be sent for ever.
struct EmptyFragment {};
struct CloseAsked {
  std::uint16_t code = close_code::kNoCode;
};
struct Broken {
  std::uint16_t code;
  std::string_view why;  // a literal
};
using Incoming = std::variant<NeedMore, TextMessage, Ping, Pong, EmptyFragment, CloseAsked, Broken>;

class WebSocketParser {
 public:
  explicit WebSocketParser(std::size_t message_limit, bool deflate = false)
      : limit_(message_limit), deflate_(deflate) {}

  // Takes from the front of `bytes` and moves it on; with NeedMore all of it was taken. After
  // CloseAsked or Broken do not call again.
  Incoming next(std::span<char>& bytes);
  // Nothing is half received: no memory is held.
  bool idle() const {
    return header_size_ == 0 && !in_payload_ && message_.empty() && control_.empty();
  }

 private:
  std::optional<Broken> read_header(std::span<char>& bytes);
  std::optional<Broken> check_first_bytes() const;
  std::optional<Broken> check_length();
  std::size_t header_needs() const;
  void unmask(std::span<char> bytes);
  // nullopt: a fragment ended, read on.
  std::optional<Incoming> take_payload(std::span<char>& bytes);
  std::optional<Incoming> end_of_data(std::string_view payload);
  Incoming end_of_compressed(std::string_view payload);
  Incoming end_of_control(std::string_view payload) const;
  void drop_handed_out();

  bool final() const { return (header_[0] & 0x80) != 0; }
  Opcode opcode() const { return static_cast<Opcode>(header_[0] & 0x0F); }
  bool control() const { return (header_[0] & 0x08) != 0; }

  std::size_t limit_;
  std::string message_;       // of the message under way, its earlier parts
  std::string control_;       // of a control frame that arrived in pieces
  std::uint32_t left_ = 0;    // of this frame's payload
  std::uint32_t masked_ = 0;  // bytes of it that were unmasked
  std::array<std::uint8_t, 14> header_{};
  std::uint8_t header_size_ = 0;
  bool deflate_;
  bool compressed_ = false;  // the message under way
  bool in_payload_ = false;
  bool fragmented_ = false;   // a text message is under way
  bool message_out_ = false;  // handed out; dropped at the next call
  bool control_out_ = false;
  Utf8Check utf8_;
};

// Of an unmasked, unfragmented frame: at most 10 bytes. `compressed`: its payload is.
struct FrameHeader {
  std::array<char, 10> bytes{};
  std::size_t size = 0;
  std::string_view view() const { return {bytes.data(), size}; }
};
FrameHeader frame_header(Opcode opcode, std::size_t payload_size, bool compressed = false);
// A whole control frame; payload of at most 125 bytes.
std::string control_frame(Opcode opcode, std::string_view payload);
// `reason` is cut to 123 bytes between code points.
std::string close_frame(std::uint16_t code, std::string_view reason);

}  // namespace pastille::push
