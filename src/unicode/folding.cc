#include "unicode/folding.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/uscript.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/outside_text.h"
#include "unicode/icu_text.h"
#include "unicode/invisible.h"

namespace pastille {
namespace {

// Counted up whenever fold_text gives something else for the same tables.
constexpr int kRules = 3;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Adds to `out`; white space becomes one space, and none at the beginning.
void append_space(std::string& out) {
  if (!out.empty() && out.back() != ' ') out += ' ';
}

std::string fold_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      append_space(out);
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

icu::UnicodeString decomposed(const icu::UnicodeString& text) {
  UErrorCode code = U_ZERO_ERROR;
  icu::UnicodeString out = icu::Normalizer2::getNFKDInstance(code)->normalize(text, code);
  check_icu(code, "ICU NFKD");
  return out;
}

std::string composed(const icu::UnicodeString& text) {
  UErrorCode code = U_ZERO_ERROR;
  const icu::UnicodeString out = icu::Normalizer2::getNFCInstance(code)->normalize(text, code);
  check_icu(code, "ICU NFC");
  return to_utf8(out);
}

icu::UnicodeSet characters(const char16_t* pattern) {
  UErrorCode code = U_ZERO_ERROR;
  icu::UnicodeSet set(pattern, code);
  check_icu(code, "ICU set");
  set.freeze();
  return set;
}

icu::Transliterator& latin_to_ascii() {
  // Every thread has its own: a Transliterator is of one thread.
  thread_local const std::unique_ptr<icu::Transliterator> made = [] {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> transliterating(
        icu::Transliterator::createInstance(u"Latin-ASCII", UTRANS_FORWARD, code));
    check_icu(code, "ICU transliterator");
    return transliterating;
  }();
  return *made;
}

// Letters of Latin to ASCII by CLDR's table (ł, ø, æ, ı).
void write_letters_as_ascii(icu::UnicodeString& text) {
  static const icu::UnicodeSet letters = characters(u"[[:Latin:]-[:ASCII:]]");
  icu::UnicodeString out;
  for (std::int32_t at = 0; at < text.length();) {
    const std::int32_t others = letters.span(text, at, USET_SPAN_NOT_CONTAINED);
    out.append(text, at, others - at);
    at = letters.span(text, others, USET_SPAN_CONTAINED);
    if (at == others) continue;
    icu::UnicodeString latin(text, others, at - others);
    latin_to_ascii().transliterate(latin);
    out.append(latin.foldCase());  // small capitals became capitals
  }
  text = out;
}

// The same table has punctuation, too.
void write_all_as_ascii(icu::UnicodeString& text) {
  static const icu::UnicodeSet any = characters(u"[[[:Latin:][:P:][:S:][:N:][:Lm:]]-[:ASCII:]]");
  if (any.containsNone(text)) return;
  latin_to_ascii().transliterate(text);
  text.foldCase();
}

// Whether `mark` is only an accent on `base`, and no part of the letter.
bool is_accent(UChar32 mark, UChar32 base) {
  constexpr UChar32 kGrave = 0x0300;
  constexpr UChar32 kAcute = 0x0301;
  if (u_charType(mark) != U_NON_SPACING_MARK) return false;
  UErrorCode code = U_ZERO_ERROR;
  switch (uscript_getScript(base, &code)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
      return true;
    case USCRIPT_CYRILLIC:
      return mark == kGrave || mark == kAcute;
    default:
      return false;
  }
}

// Of a decomposed text: without accents and what nobody sees, white space and blank symbols as
// single spaces. Tags and joiners inside emoji stay: they tell Wales from England.
icu::UnicodeString without_accents(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  UChar32 base = 0;
  UChar32 last = 0;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 point = text.char32At(at);
    if (u_isUWhiteSpace(point) != 0 || is_blank_symbol(point)) {
      if (last != ' ' && last != 0) out.append(UChar32{' '});
      base = last = last == 0 ? 0 : ' ';
      continue;
    }
    const std::int32_t next = text.moveIndex32(at, 1);
    const UChar32 following = next < text.length() ? text.char32At(next) : 0;
    if (is_invisible(point) && !joins_emoji(point, last, following)) continue;
    if (is_accent(point, base)) continue;
    out.append(point);
    last = point;
    if (u_getCombiningClass(point) == 0) base = point;
  }
  if (last == ' ') out.truncate(out.length() - 1);
  return out;
}

std::string loosened(char32_t point) {
  const icu::UnicodeString whole = decomposed(icu::UnicodeString(static_cast<UChar32>(point)));
  icu::UnicodeString out;
  for (std::int32_t at = 0; at < whole.length(); at = whole.moveIndex32(at, 1)) {
    const UChar32 each = whole.char32At(at);
    if (u_charType(each) != U_NON_SPACING_MARK && !is_invisible(each)) out.append(each);
  }
  write_all_as_ascii(out);
  return composed(out);
}

// A search loosens the names of everybody, so that what most characters become is worked out once:
// those of alphabets and kana, half a megabyte. Ideographs and syllables of Hangul stay as they
// are.
void append_loosened(std::string& out, char32_t point, std::string_view bytes) {
  constexpr char32_t kIdeographs = 0x3400;
  static const std::vector<std::string> table = [] {
    std::vector<std::string> made;
    for (char32_t each = 0; each < kIdeographs; ++each) made.push_back(loosened(each));
    return made;
  }();
  if (point < kIdeographs) {
    out += table[point];
  } else if (point <= 0x9FFF || (point >= 0xAC00 && point <= 0xD7A3)) {
    out += bytes;
  } else {
    out += loosened(point);
  }
}

}  // namespace

std::string fold_text(std::string_view text) {
  if (is_ascii(text)) return fold_ascii(text);
  icu::UnicodeString folded = without_accents(decomposed(from_utf8(text)));
  folded.foldCase();
  write_letters_as_ascii(folded);
  // Folding case and writing letters as ASCII may bring forms that are decomposed again.
  return composed(without_accents(decomposed(folded)));
}

std::string loosen_fold(std::string_view folded) {
  if (is_ascii(folded)) return std::string(folded);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    const DecodedPoint next = decode_utf8(folded, at);
    append_loosened(out, next.point, folded.substr(at, next.length));
    at += next.length;
  }
  return out;
}

std::string folding_version() {
  UVersionInfo icu{};
  UVersionInfo unicode{};
  u_getVersion(icu);
  u_getUnicodeVersion(unicode);
  std::array<char, U_MAX_VERSION_STRING_LENGTH> icu_text{};
  std::array<char, U_MAX_VERSION_STRING_LENGTH> unicode_text{};
  u_versionToString(icu, icu_text.data());
  u_versionToString(unicode, unicode_text.data());
  return std::to_string(kRules) + "; ICU " + icu_text.data() + "; Unicode " + unicode_text.data();
}

}  // namespace pastille
