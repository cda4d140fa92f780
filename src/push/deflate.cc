#include "push/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>

namespace pastille::push {
namespace {

constexpr int kRawWindow =
    -15;                   // no header of zlib; 32 KB, which every client must be able to take
constexpr int kLevel = 6;  // 9 saves one byte in twenty and takes three times as long
constexpr int kMemoryLevel = 9;
constexpr std::size_t kStoredMost = 0xFFFF;
// RFC 7692 7.2.1: the sender has left these out of the end.
constexpr std::string_view kLeftOut{"\x00\x00\xFF\xFF", 4};

void give(z_stream& stream, std::string_view bytes) {
  // zlib reads it only.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
}

// Ends the stream whichever way its function is left.
class Inflating {
 public:
  Inflating() {
    if (::inflateInit2(&stream, kRawWindow) != Z_OK) throw std::bad_alloc();
  }
  ~Inflating() { ::inflateEnd(&stream); }
  Inflating(const Inflating&) = delete;
  Inflating& operator=(const Inflating&) = delete;
  z_stream stream{};
};

}  // namespace

std::string deflated(std::string_view text) {
  z_stream stream{};
  if (::deflateInit2(&stream, kLevel, Z_DEFLATED, kRawWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  // Room for the end of the piece as well, which the bound does not count.
  std::string out(::deflateBound(&stream, text.size()) + 16, '\0');
  give(stream, text);
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = ::deflate(&stream, Z_SYNC_FLUSH);
  const bool whole = result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0;
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (!whole) throw std::runtime_error("deflate did not finish");
  return out;
}

std::string stored(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view block = text.substr(0, kStoredMost);
    text.remove_prefix(block.size());
    out += '\0';
    for (const std::size_t length : {block.size(), ~block.size()}) {
      out += static_cast<char>(length & 0xFF);
      out += static_cast<char>(length >> 8 & 0xFF);
    }
    out += block;
  }
  return out;
}

std::expected<std::string, InflateFault> inflated(std::string_view payload, std::size_t limit) {
  Inflating inflating;
  z_stream& stream = inflating.stream;
  std::string text;
  std::array<char, 4096> room;
  for (const std::string_view bytes : {payload, kLeftOut}) {
    give(stream, bytes);
    do {
      stream.next_out = reinterpret_cast<Bytef*>(room.data());
      stream.avail_out = static_cast<uInt>(room.size());
      const int result = ::inflate(&stream, Z_SYNC_FLUSH);
      // A final block would end the stream: a client has no reason to send one (7.2.3.5 lets it).
      const bool nothing_more = result == Z_BUF_ERROR || result == Z_STREAM_END;
      if (result != Z_OK && !nothing_more) return std::unexpected(InflateFault::kBroken);
      const std::size_t made = room.size() - stream.avail_out;
      if (made > limit - text.size()) return std::unexpected(InflateFault::kTooLarge);
      text.append(room.data(), made);
      if (result == Z_STREAM_END) return text;
      if (nothing_more) break;
    } while (stream.avail_in > 0 || stream.avail_out == 0);
    if (stream.avail_in > 0) return std::unexpected(InflateFault::kBroken);
  }
  return text;
}

}  // namespace pastille::push
