#include "push/websocket_codec.h"

#include <algorithm>
#include <utility>

#include "push/deflate.h"

namespace pastille::push {
namespace {

constexpr std::size_t kControlPayload = 125;
constexpr std::uint8_t kCompressed = 0x40;  // the first of the three reserved bits

bool known(Opcode opcode) {
  switch (opcode) {
    case Opcode::kContinuation:
    case Opcode::kText:
    case Opcode::kBinary:
    case Opcode::kClose:
    case Opcode::kPing:
    case Opcode::kPong:
      return true;
  }
  return false;  // a reserved one from the wire
}

}  // namespace

bool is_close_code(std::uint16_t code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
         (code >= 3000 && code <= 4999);
}

Incoming WebSocketParser::next(std::span<char>& bytes) {
  drop_handed_out();
  while (true) {
    if (!in_payload_) {
      if (const auto broken = read_header(bytes)) return *broken;
      if (!in_payload_) return NeedMore{};
    }
    if (auto event = take_payload(bytes)) return *event;
  }
}

void WebSocketParser::drop_handed_out() {
  if (message_out_) message_ = std::string();
  if (control_out_) control_ = std::string();
  message_out_ = control_out_ = false;
}

std::size_t WebSocketParser::header_needs() const {
  if (header_size_ < 2) return 2;
  const std::uint8_t length = header_[1] & 0x7F;
  const std::size_t extended = length == 127 ? 8 : length == 126 ? 2 : 0;
  return 2 + extended + 4;
}

std::optional<Broken> WebSocketParser::read_header(std::span<char>& bytes) {
  while (header_size_ < header_needs()) {
    if (bytes.empty()) return std::nullopt;
    header_[header_size_++] = static_cast<std::uint8_t>(bytes.front());
    bytes = bytes.subspan(1);
    if (header_size_ == 2) {
      if (const auto broken = check_first_bytes()) return broken;
    }
  }
  if (const auto broken = check_length()) return broken;
  in_payload_ = true;
  masked_ = 0;
  if (opcode() == Opcode::kText) compressed_ = (header_[0] & kCompressed) != 0;
  return std::nullopt;
}

std::optional<Broken> WebSocketParser::check_first_bytes() const {
  // RFC 7692 6.1: only on the first frame of a message.
  const std::uint8_t allowed = deflate_ && opcode() == Opcode::kText ? kCompressed : 0;
  if ((header_[0] & 0x70 & ~allowed) != 0) {
    return Broken{close_code::kProtocol, "a reserved bit is set"};
  }
  if (!known(opcode())) return Broken{close_code::kProtocol, "an opcode that is reserved"};
  if ((header_[1] & 0x80) == 0) return Broken{close_code::kProtocol, "a frame without a mask"};
  if (control()) {
    if (!final()) return Broken{close_code::kProtocol, "a control frame in fragments"};
    if ((header_[1] & 0x7F) > kControlPayload)
      return Broken{close_code::kProtocol, "a large control frame"};
    return std::nullopt;
  }
  if (opcode() == Opcode::kBinary) return Broken{close_code::kNotText, "frames are text"};
  if (fragmented_ != (opcode() == Opcode::kContinuation)) {
    return Broken{close_code::kProtocol, fragmented_ ? "a new message before the last one ended"
                                                     : "a continuation of nothing"};
  }
  return std::nullopt;
}

std::optional<Broken> WebSocketParser::check_length() {
  const std::uint8_t first = header_[1] & 0x7F;
  std::uint64_t length = first;
  if (first >= 126) {
    const std::size_t extended = first == 127 ? 8 : 2;
    length = 0;
    for (std::size_t i = 0; i < extended; ++i) length = length << 8 | header_[2 + i];
    if ((length >> 63) != 0)
      return Broken{close_code::kProtocol, "a length with its highest bit set"};
    const std::uint64_t least = first == 127 ? 0x10000 : 126;
    if (length < least) return Broken{close_code::kProtocol, "a length that is not the shortest"};
  }
  if (!control() && length > limit_ - message_.size()) {
    return Broken{close_code::kTooLarge, "a frame has at most 64 KB"};
  }
  left_ = static_cast<std::uint32_t>(length);
  return std::nullopt;
}

void WebSocketParser::unmask(std::span<char> bytes) {
  const std::uint8_t* mask = &header_[header_size_ - 4U];
  for (char& each : bytes) {
    each = static_cast<char>(static_cast<std::uint8_t>(each) ^ mask[masked_++ & 3U]);
  }
}

std::optional<Incoming> WebSocketParser::take_payload(std::span<char>& bytes) {
  const std::span<char> taken = bytes.first(std::min<std::size_t>(bytes.size(), left_));
  bytes = bytes.subspan(taken.size());
  left_ -= static_cast<std::uint32_t>(taken.size());
  unmask(taken);
  const std::string_view payload(taken.data(), taken.size());
  if (!control() && !compressed_ && !utf8_.feed(payload)) {
    return Broken{close_code::kNotUtf8, "text that is not UTF-8"};
  }
  if (left_ > 0) {
    (control() ? control_ : message_).append(payload);
    return NeedMore{};
  }
  in_payload_ = false;
  header_size_ = 0;
  if (!control()) return end_of_data(payload);
  if (control_.empty()) return end_of_control(payload);
  control_.append(payload);
  control_out_ = true;
  return end_of_control(control_);
}

std::optional<Incoming> WebSocketParser::end_of_data(std::string_view payload) {
  if (!final()) {
    fragmented_ = true;
    const bool empty = payload.empty();
    message_.append(payload);
    if (empty) return EmptyFragment{};
    return std::nullopt;
  }
  fragmented_ = false;
  if (compressed_) return end_of_compressed(payload);
  if (!utf8_.complete()) return Broken{close_code::kNotUtf8, "text that ends within a character"};
  utf8_.reset();
  if (message_.empty()) return TextMessage{payload};
  message_.append(payload);
  message_out_ = true;
  return TextMessage{message_};
}

Incoming WebSocketParser::end_of_compressed(std::string_view payload) {
  std::string_view whole = payload;
  if (!message_.empty()) whole = message_.append(payload);
  auto text = inflated(whole, limit_);
  if (!text && text.error() == InflateFault::kTooLarge) {
    return Broken{close_code::kTooLarge, "a frame has at most 64 KB"};
  }
  if (!text) return Broken{close_code::kNotUtf8, "compressed text that is broken"};
  if (!is_utf8(*text)) return Broken{close_code::kNotUtf8, "text that is not UTF-8"};
  message_ = *std::move(text);
  message_out_ = true;
  return TextMessage{message_};
}

Incoming WebSocketParser::end_of_control(std::string_view payload) const {
  switch (opcode()) {
    case Opcode::kPing:
      return Ping{payload};
    case Opcode::kPong:
      return Pong{};
    case Opcode::kClose:
      break;
    case Opcode::kContinuation:
    case Opcode::kText:
    case Opcode::kBinary:
      break;  // not control frames; check_first_bytes() has seen to it
  }
  if (payload.empty()) return CloseAsked{};
  if (payload.size() == 1) return Broken{close_code::kProtocol, "half a close code"};
  const auto code = static_cast<std::uint16_t>(static_cast<std::uint8_t>(payload[0]) << 8 |
                                               static_cast<std::uint8_t>(payload[1]));
  if (!is_close_code(code))
    return Broken{close_code::kProtocol, "a close code that may not be sent"};
  if (!is_utf8(payload.substr(2)))
    return Broken{close_code::kNotUtf8, "a close reason that is not UTF-8"};
  return CloseAsked{code};
}

FrameHeader frame_header(Opcode opcode, std::size_t payload_size, bool compressed) {
  FrameHeader header;
  const auto put = [&header](std::size_t byte) {
    header.bytes[header.size++] = static_cast<char>(static_cast<std::uint8_t>(byte));
  };
  put(0x80U | (compressed ? kCompressed : 0U) | static_cast<std::size_t>(opcode));
  int length_bytes = 0;
  if (payload_size < 126) {
    put(payload_size);
  } else if (payload_size <= 0xFFFF) {
    put(126);
    length_bytes = 2;
  } else {
    put(127);
    length_bytes = 8;
  }
  for (int i = length_bytes - 1; i >= 0; --i) put(payload_size >> (8 * i) & 0xFF);
  return header;
}

std::string control_frame(Opcode opcode, std::string_view payload) {
  std::string frame(frame_header(opcode, payload.size()).view());
  frame += payload;
  return frame;
}

std::string close_frame(std::uint16_t code, std::string_view reason) {
  if (code == close_code::kNoCode) return control_frame(Opcode::kClose, "");
  std::size_t size = std::min(reason.size(), kControlPayload - 2);
  while (size > 0 && size < reason.size() && (reason[size] & 0xC0) == 0x80) --size;
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  payload += reason.substr(0, size);
  return control_frame(Opcode::kClose, payload);
}

}  // namespace pastille::push
