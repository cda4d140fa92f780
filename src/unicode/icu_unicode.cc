#include "unicode/icu_unicode.h"

#include <unicode/brkiter.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "core/outside_text.h"
#include "unicode/folding.h"
#include "unicode/icu_text.h"
#include "unicode/invisible.h"

namespace pastille {
namespace {

icu::BreakIterator& graphemes() {
  thread_local const std::unique_ptr<icu::BreakIterator> made = [] {
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> breaking(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), code));
    check_icu(code, "ICU break iterator");
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
  check_icu(code, "ICU collator");
  return *made.emplace(name, std::move(collating)).first->second;
}

}  // namespace

std::optional<std::string> IcuUnicode::tidy(std::string_view text) const {
  if (!is_utf8(text)) return std::nullopt;
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(code);
  check_icu(code, "ICU NFC");
  icu::UnicodeString normal = nfc->normalize(from_utf8(text), code);
  check_icu(code, "ICU NFC");
  std::int32_t begin = 0;
  std::int32_t end = normal.length();
  const auto white = [&](std::int32_t at) {
    return u_isUWhiteSpace(normal.char32At(at)) != 0;  // all white space lies in the BMP
  };
  while (begin < end && white(begin)) ++begin;
  while (end > begin && white(end - 1)) --end;
  return to_utf8(normal.tempSubStringBetween(begin, end));
}

std::string IcuUnicode::without_invisible(std::string_view text) const {
  return pastille::without_invisible(text);
}

std::string IcuUnicode::fold(std::string_view text) const { return fold_text(text); }

std::string IcuUnicode::loosen(std::string_view folded) const { return loosen_fold(folded); }

std::string IcuUnicode::folding_version() const { return pastille::folding_version(); }

bool IcuUnicode::shows_something(std::string_view text) const {
  return pastille::shows_something(text);
}

std::size_t IcuUnicode::code_points(std::string_view text) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char each) { return (static_cast<unsigned char>(each) & 0xC0U) != 0x80U; }));
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
