#include "push/utf8_check.h"

namespace pastille::push {

bool Utf8Check::feed(std::string_view bytes) {
  for (const char each : bytes) {
    const auto byte = static_cast<std::uint8_t>(each);
    if (missing_ > 0) {
      if (byte < lowest_ || byte > highest_) return false;
      lowest_ = 0x80;
      highest_ = 0xBF;
      --missing_;
    } else if (byte < 0x80) {
      continue;
    } else if (byte >= 0xC2 && byte <= 0xDF) {
      missing_ = 1;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
      missing_ = 2;
      if (byte == 0xE0) lowest_ = 0xA0;   // shorter forms exist
      if (byte == 0xED) highest_ = 0x9F;  // surrogates
    } else if (byte >= 0xF0 && byte <= 0xF4) {
      missing_ = 3;
      if (byte == 0xF0) lowest_ = 0x90;   // shorter forms exist
      if (byte == 0xF4) highest_ = 0x8F;  // above U+10FFFF
    } else {
      return false;
    }
  }
  return true;
}

bool is_utf8(std::string_view text) {
  Utf8Check check;
  return check.feed(text) && check.complete();
}

}  // namespace pastille::push
