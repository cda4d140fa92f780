#include "unicode/icu_unicode.h"

#include <unicode/brkiter.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>
#include <vector>

namespace pastille {
namespace {

// A broken installation of ICU, not bad input.
void check(UErrorCode code, const char* what) {
  if (U_FAILURE(code)) throw std::runtime_error(std::string(what) + ": " + u_errorName(code));
}

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point < 0) return false;
  }
  return true;
}

icu::Transliterator& folder() {
  thread_local const std::unique_ptr<icu::Transliterator> made = [] {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> folding(icu::Transliterator::createInstance(
        u"NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower; NFC", UTRANS_FORWARD, code));
    check(code, "ICU transliterator");
    return folding;
  }();
  return *made;
}

icu::BreakIterator& graphemes() {
  thread_local const std::unique_ptr<icu::BreakIterator> made = [] {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> breaking(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), code));
    check(code, "ICU break iterator");
    return breaking;
  }();
  return *made;
}

// Locales come from people's profiles: few in truth, but not trusted to be few.
constexpr std::size_t kCollatorsMost = 32;

const icu::Collator& collator(std::string_view locale) {
  thread_local std::map<std::string, std::unique_ptr<icu::Collator>, std::less<>> made;
  if (const auto found = made.find(locale); found != made.end()) return *found->second;
  if (made.size() >= kCollatorsMost) made.clear();
  UErrorCode code = U_ZERO_ERROR;
  const std::string name(locale);
  std::unique_ptr<icu::Collator> collating(icu::Collator::createInstance(
      icu::Locale::forLanguageTag(icu::StringPiece(name), code), code));
  if (U_FAILURE(code)) {
    code = U_ZERO_ERROR;
    collating.reset(icu::Collator::createInstance(icu::Locale::getRoot(), code));
  }
  check(code, "ICU collator");
  return *made.emplace(name, std::move(collating)).first->second;
}

}  // namespace

std::optional<std::string> IcuUnicode::tidy(std::string_view text) const {
  if (!is_utf8(text)) return std::nullopt;
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(code);
  check(code, "ICU NFC");
  icu::UnicodeString normal = nfc->normalize(from_utf8(text), code);
  check(code, "ICU NFC");
  std::int32_t begin = 0;
  std::int32_t end = normal.length();
  const auto white = [&](std::int32_t at) {
    return u_isUWhiteSpace(normal.char32At(at)) != 0;  // all white space lies in the BMP
  };
  while (begin < end && white(begin)) ++begin;
  while (end > begin && white(end - 1)) --end;
  return to_utf8(normal.tempSubStringBetween(begin, end));
}

std::string IcuUnicode::fold(std::string_view text) const {
  if (std::ranges::all_of(text,
                          [](char each) { return static_cast<unsigned char>(each) < 0x80; })) {
    std::string lower(text);
    for (char& each : lower) {
      if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    }
    return lower;
  }
  icu::UnicodeString folded = from_utf8(text);
  folder().transliterate(folded);
  return to_utf8(folded);
}

std::size_t IcuUnicode::code_points(std::string_view text) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char each) { return (static_cast<unsigned char>(each) & 0xC0U) != 0x80U; }));
}

bool IcuUnicode::has_control_characters(std::string_view text, bool allow_newlines) const {
  constexpr UChar32 kZeroWidthNonJoiner = 0x200C;
  constexpr UChar32 kZeroWidthJoiner = 0x200D;
  // Tags in emoji such as the flag of Wales.
  const auto tag = [](UChar32 point) { return point >= 0xE0020 && point <= 0xE007F; };
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point < 0) return true;
    if (allow_newlines && (point == '\n' || point == '\r' || point == '\t')) continue;
    switch (u_charType(point)) {
      case U_FORMAT_CHAR:
        if (point == kZeroWidthJoiner || point == kZeroWidthNonJoiner || tag(point)) break;
        return true;
      case U_CONTROL_CHAR:
      case U_LINE_SEPARATOR:
      case U_PARAGRAPH_SEPARATOR:
      case U_UNASSIGNED:
      case U_PRIVATE_USE_CHAR:
      case U_SURROGATE:
        return true;
      default:
        break;
    }
  }
  return false;
}

bool IcuUnicode::has_white_space(std::string_view text) const {
  const icu::UnicodeString whole = from_utf8(text);
  for (std::int32_t at = 0; at < whole.length(); at = whole.moveIndex32(at, 1)) {
    if (u_isUWhiteSpace(whole.char32At(at)) != 0) return true;
  }
  return false;
}

bool IcuUnicode::is_single_grapheme(std::string_view text) const {
  const icu::UnicodeString whole = from_utf8(text);
  if (whole.isEmpty()) return false;
  graphemes().setText(whole);
  return graphemes().following(0) == whole.length();
}

std::string IcuUnicode::cut(std::string_view text, std::size_t limit) const {
  if (code_points(text) <= limit) return std::string(text);
  const icu::UnicodeString whole = from_utf8(text);
  const std::int32_t most = whole.moveIndex32(0, static_cast<std::int32_t>(limit));
  icu::BreakIterator& breaks = graphemes();
  breaks.setText(whole);
  const std::int32_t end = breaks.isBoundary(most) != 0 ? most : breaks.preceding(most);
  return to_utf8(whole.tempSubStringBetween(0, std::max(end, 0)));
}

bool IcuUnicode::knows_language(std::string_view tag) const {
  const std::string_view language = tag.substr(0, tag.find('-'));
  for (const char* const* each = icu::Locale::getISOLanguages(); *each != nullptr; ++each) {
    if (language == *each) return true;
  }
  return false;
}

std::string IcuUnicode::sort_key(std::string_view text, std::string_view locale) const {
  const icu::UnicodeString whole = from_utf8(text);
  const icu::Collator& collating = collator(locale);
  std::vector<std::uint8_t> key(static_cast<std::size_t>(whole.length()) * 6 + 16);
  auto length = collating.getSortKey(whole, key.data(), static_cast<std::int32_t>(key.size()));
  if (static_cast<std::size_t>(length) > key.size()) {
    key.resize(static_cast<std::size_t>(length));
    length = collating.getSortKey(whole, key.data(), length);
  }
  return {key.begin(), key.begin() + std::max(length - 1, 0)};  // without the closing zero
}

}  // namespace pastille
