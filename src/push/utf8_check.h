// Checks UTF-8 (RFC 3629) as it arrives, in pieces that may be cut anywhere: no overlong forms, no
// surrogates, nothing above U+10FFFF. A value of two bytes; says no at the first wrong byte.
#pragma once

#include <cstdint>
#include <string_view>

namespace pastille::push {

class Utf8Check {
 public:
  // False: what came so far is not the beginning of valid UTF-8.
  bool feed(std::string_view bytes);
  // True between two code points: the text may end here.
  bool complete() const { return missing_ == 0; }
  void reset() { *this = Utf8Check(); }

 private:
  std::uint8_t missing_ = 0;    // continuation bytes still to come
  std::uint8_t lowest_ = 0x80;  // what the next of them may be
  std::uint8_t highest_ = 0xBF;
};

bool is_utf8(std::string_view text);

}  // namespace pastille::push
