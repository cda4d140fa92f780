// Whatever comes, and however it is cut, the parser says the same; it never holds more than a
// message, and what it calls text is UTF-8. The first byte of the input is the size of the cuts,
// its highest bit whether compressed messages were agreed on.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "push/websocket_codec.h"

namespace {

constexpr std::size_t kLimit = 4096;

std::string heard(std::string bytes, std::size_t step, bool deflate) {
  using namespace pastille::push;
  WebSocketParser parser(kLimit, deflate);
  std::string said;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    std::span<char> piece(bytes.data() + at, std::min(step, bytes.size() - at));
    while (true) {
      const Incoming event = parser.next(piece);
      if (std::holds_alternative<NeedMore>(event)) break;
      said += static_cast<char>('0' + event.index());
      if (const auto* text = std::get_if<TextMessage>(&event)) {
        if (text->text.size() > kLimit || !is_utf8(text->text)) std::abort();
        said += text->text;
      } else if (const auto* ping = std::get_if<Ping>(&event)) {
        if (ping->payload.size() > 125) std::abort();
        said += ping->payload;
      } else if (const auto* close = std::get_if<CloseAsked>(&event)) {
        if (close->code != close_code::kNoCode && !is_close_code(close->code)) std::abort();
        return said;
      } else if (std::holds_alternative<Broken>(event)) {
        return said;
      }
    }
    if (!piece.empty()) std::abort();
  }
  return said;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  // Text that turns out wrong is reported at once, so a cut may change only how much is said
  // before; whole against whole is compared where nothing was broken.
  const std::string whole = heard(bytes, bytes.size() + 1, (data[0] & 0x80) != 0);
  const std::string cut = heard(bytes, (data[0] & 0x7F) + 1U, (data[0] & 0x80) != 0);
  if (whole != cut) std::abort();
  return 0;
}
