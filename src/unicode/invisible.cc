#include "unicode/invisible.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "unicode/icu_text.h"

namespace pastille {
namespace {

constexpr UChar32 kNonJoiner = 0x200C;
constexpr UChar32 kJoiner = 0x200D;
constexpr int kVirama = 9;  // the combining class of what ties consonants (Indic scripts)

bool is_tag(UChar32 point) { return point >= 0xE0020 && point <= 0xE007F; }

bool is_pictograph(UChar32 point) {
  return u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
}

bool ends_emoji(UChar32 point) {
  constexpr UChar32 kEmojiStyle = 0xFE0F;
  return point == kEmojiStyle || is_pictograph(point) ||
         u_hasBinaryProperty(point, UCHAR_EMOJI_MODIFIER) != 0;
}

// Letters that change shape with their neighbours, as in Arabic.
bool joins_letters(UChar32 point) {
  switch (u_getIntPropertyValue(point, UCHAR_JOINING_TYPE)) {
    case U_JT_DUAL_JOINING:
    case U_JT_LEFT_JOINING:
    case U_JT_RIGHT_JOINING:
      return true;
    default:
      return false;
  }
}

// A joiner or a non-joiner that a script needs (Unicode 23.2, and UAX 31 for where). `letter`: the
// last one before it, over its marks.
bool shapes_letters(UChar32 before, UChar32 letter, UChar32 after) {
  return u_getCombiningClass(before) == kVirama || u_getCombiningClass(after) == kVirama ||
         joins_letters(letter);
}

bool is_mongolian(UChar32 point) {
  UErrorCode code = U_ZERO_ERROR;
  return uscript_getScript(point, &code) == USCRIPT_MONGOLIAN;
}

// What is written so far, as far as the next character depends on it.
struct Written {
  UChar32 last = 0;
  UChar32 letter = 0;  // the last that is no mark
};

bool is_needed(UChar32 point, const Written& written, UChar32 after) {
  constexpr UChar32 kMongolianVowelSeparator = 0x180E;
  const bool behind_something =
      written.last != 0 && !is_invisible(written.last) && u_isUWhiteSpace(written.last) == 0;
  if (u_hasBinaryProperty(point, UCHAR_VARIATION_SELECTOR) != 0) return behind_something;
  if (point == kMongolianVowelSeparator) return is_mongolian(written.last);
  if (joins_emoji(point, written.last, after)) return true;
  return (point == kJoiner || point == kNonJoiner) && behind_something &&
         shapes_letters(written.last, written.letter, after);
}

}  // namespace

bool is_blank_symbol(UChar32 point) {
  constexpr UChar32 kBrailleBlank = 0x2800;
  constexpr UChar32 kNullNotehead = 0x1D159;
  return point == kBrailleBlank || point == kNullNotehead;
}

bool is_invisible(UChar32 point) {
  const bool is_annotation = point >= 0xFFF9 && point <= 0xFFFB;
  return is_annotation || u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool joins_emoji(UChar32 point, UChar32 before, UChar32 after) {
  if (is_tag(point)) return is_tag(before) || ends_emoji(before);
  return point == kJoiner && ends_emoji(before) && is_pictograph(after);
}

std::string without_invisible(std::string_view text) {
  constexpr UChar32 kLineSeparator = 0x2028;
  constexpr UChar32 kParagraphSeparator = 0x2029;
  const icu::UnicodeString whole = from_utf8(text);
  icu::UnicodeString out;
  Written written;
  for (std::int32_t at = 0; at < whole.length();) {
    UChar32 point = whole.char32At(at);
    at = whole.moveIndex32(at, 1);
    const UChar32 after = at < whole.length() ? whole.char32At(at) : 0;
    if (is_invisible(point) && !is_needed(point, written, after)) continue;
    if (point == kLineSeparator || point == kParagraphSeparator || is_blank_symbol(point)) {
      point = ' ';
    }
    out.append(point);
    written.last = point;
    if ((U_GET_GC_MASK(point) & U_GC_M_MASK) == 0) written.letter = point;
  }
  return to_utf8(out);
}

bool shows_something(std::string_view text) {
  const icu::UnicodeString whole = from_utf8(text);
  for (std::int32_t at = 0; at < whole.length(); at = whole.moveIndex32(at, 1)) {
    const UChar32 point = whole.char32At(at);
    const bool is_mark = (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
    if (u_isUWhiteSpace(point) == 0 && !is_invisible(point) && !is_mark &&
        !is_blank_symbol(point)) {
      return true;
    }
  }
  return false;
}

}  // namespace pastille
