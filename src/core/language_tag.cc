#include "core/language_tag.h"

#include <algorithm>

#include "core/limits.h"

namespace pastille {
namespace {

bool is_letter(char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); }
bool is_digit(char each) { return each >= '0' && each <= '9'; }

char lower(char each) {
  return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
}
char upper(char each) {
  return each >= 'a' && each <= 'z' ? static_cast<char>(each - 'a' + 'A') : each;
}

bool is_language(std::string_view part) {
  return part.size() >= 2 && part.size() <= 8 && std::ranges::all_of(part, is_letter);
}

bool is_subtag(std::string_view part) {
  return !part.empty() && part.size() <= 8 &&
         std::ranges::all_of(part, [](char each) { return is_letter(each) || is_digit(each); });
}

// RFC 5646 2.1.1: regions in upper case, scripts in title case, all else in lower case; after a
// singleton (an extension) all is lower case.
std::string in_usual_case(std::string_view part, bool first, bool extended) {
  std::string out(part);
  std::ranges::transform(out, out.begin(), lower);
  if (first || extended || !std::ranges::all_of(part, is_letter)) return out;
  if (part.size() == 2) std::ranges::transform(out, out.begin(), upper);
  if (part.size() == 4) out[0] = upper(out[0]);
  return out;
}

}  // namespace

std::optional<std::string> parse_language_tag(std::string_view text) {
  if (text.size() > limits::kLocale) return std::nullopt;
  std::string tag;
  bool extended = false;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('-', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    const bool first = begin == 0;
    if (first ? !is_language(part) : !is_subtag(part)) return std::nullopt;
    if (!first) tag += '-';
    tag += in_usual_case(part, first, extended);
    extended = extended || part.size() == 1;
    begin = end + 1;
  }
  return tag;
}

}  // namespace pastille
