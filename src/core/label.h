// Text that has been made tidy (NFC, trimmed, no control characters, within its limit; but for
// messages without characters that nobody sees) together with its folded form, which says whether
// two are the same. Made by parse_label and nowhere else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/refusal.h"
#include "core/unicode.h"

namespace pastille {

struct Label {
  std::string text;
  std::string folded;
  friend bool operator==(const Label& left, const Label& right) { return left.text == right.text; }
};

struct LabelRule {
  std::string_view pointer;  // JSON pointer named in the refusal
  std::size_t most;          // code points
  std::size_t least = 1;
  bool message = false;  // line ends and invisible characters stay
};

Result<Label> parse_label(std::string_view text, const LabelRule& rule, const Unicode& unicode);
// The same without folding, for notes and messages.
Result<std::string> parse_text(std::string_view text, const LabelRule& rule,
                               const Unicode& unicode);

}  // namespace pastille
