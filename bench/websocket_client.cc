#include "bench/websocket_client.h"

#include <zlib.h>

#include <new>
#include <random>
#include <stdexcept>

namespace pastille::bench {

std::string upgrade_request(std::string_view cookie, bool tls) {
  return std::string(
             "GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
             "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
             "Sec-WebSocket-Protocol: pastille.v1\r\n"
             "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
             "Cookie: ") +
         (tls ? "__Host-" : "") + "pastille_session=" + std::string(cookie) + "\r\n\r\n";
}

std::size_t upgraded(std::string_view answer) {
  const auto end = answer.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  if (!answer.starts_with("HTTP/1.1 101 ")) {
    throw std::runtime_error("the upgrade was answered with: " + std::string(answer));
  }
  return end + 4;
}

std::string masked_frame(FrameKind kind, std::string_view payload) {
  static thread_local std::minstd_rand random{std::random_device{}()};
  std::string frame;
  frame.reserve(payload.size() + 14);
  frame += static_cast<char>(0x80 | static_cast<unsigned>(kind));
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() <= 0xFFFF) {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xFF);
  } else {
    throw std::length_error("no client of the bench says so much at once");
  }
  const auto mask = static_cast<std::uint32_t>(random());
  char key[4];
  for (unsigned i = 0; i < 4; ++i) key[i] = static_cast<char>(mask >> (8 * i));
  frame.append(key, 4);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += static_cast<char>(payload[i] ^ key[i % 4]);
  }
  return frame;
}

std::optional<ServerFrame> front_frame(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  if ((at(0) & 0xB0) != 0x80 || (at(1) & 0x80) != 0) {
    throw std::runtime_error("the server sent a fragment, an unknown extension or a mask");
  }
  std::size_t header = 2;
  std::uint64_t size = at(1);
  if (size >= 126) {
    header = size == 126 ? 4 : 10;
    if (bytes.size() < header) return std::nullopt;
    size = 0;
    for (std::size_t i = 2; i < header; ++i) size = size << 8 | at(i);
  }
  if (bytes.size() - header < size) return std::nullopt;
  return ServerFrame{.kind = static_cast<FrameKind>(at(0) & 0x0F),
                     .deflated = (at(0) & 0x40) != 0,
                     .payload = bytes.substr(header, size),
                     .size = header + size};
}

std::string inflated(std::string_view payload) {
  z_stream stream{};
  if (::inflateInit2(&stream, -15) != Z_OK) throw std::bad_alloc();
  std::string input(payload);
  input.append("\x00\x00\xFF\xFF", 4);  // RFC 7692 7.2.2
  std::string text(payload.size() * 40 + 4'096, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  const int result = ::inflate(&stream, Z_SYNC_FLUSH);
  text.resize(stream.total_out);
  ::inflateEnd(&stream);
  if (result != Z_OK || stream.avail_in > 0) throw std::runtime_error("a frame does not inflate");
  return text;
}

}  // namespace pastille::bench
