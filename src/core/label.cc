#include "core/label.h"

#include <utility>

#include "core/outside_text.h"

namespace pastille {

namespace {

bool has_control_characters(std::string_view text, bool line_ends) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedPoint next = decode_utf8(text, at);
    at += next.length;
    const bool ends_line = next.point == '\n' || next.point == '\r' || next.point == '\t';
    if (is_control(next.point) && !(line_ends && ends_line)) return true;
  }
  return false;
}

}  // namespace

Result<std::string> parse_text(std::string_view text, const LabelRule& rule,
                               const Unicode& unicode) {
  const std::string pointer(rule.pointer);
  if (!is_utf8(text)) {
    return refuse_field({pointer, std::string(to_text(TextFault::kNotUtf8)), "not_utf8"});
  }
  std::optional<std::string> tidy =
      unicode.tidy(rule.message ? std::string(text) : unicode.without_invisible(text));
  if (has_control_characters(*tidy, rule.message)) {
    return refuse_field(
        {pointer, std::string(to_text(TextFault::kControlCharacter)), "characters"});
  }
  const std::size_t length = unicode.code_points(*tidy);
  if (length < rule.least || length > rule.most) {
    const std::string most = std::to_string(rule.most);
    std::string detail = rule.least == 0 ? "At most " + most + " characters; this has " +
                                               std::to_string(length) + "."
                                         : std::to_string(rule.least) + " to " + most +
                                               " characters, not counting white space at the ends; "
                                               "this has " +
                                               std::to_string(length) + ".";
    return refuse_field({pointer,
                         std::move(detail),
                         "length",
                         {{"least", std::to_string(rule.least)},
                          {"most", most},
                          {"length", std::to_string(length)}}});
  }
  if (rule.least > 0 && !unicode.shows_something(*tidy)) {
    return refuse_field(pointer, "Nothing of this can be seen. Use a letter, digit or symbol.");
  }
  return *std::move(tidy);
}

Result<Label> parse_label(std::string_view text, const LabelRule& rule, const Unicode& unicode) {
  Result<std::string> tidy = parse_text(text, rule, unicode);
  if (!tidy) return std::unexpected(std::move(tidy.error()));
  std::string folded = unicode.fold(*tidy);
  return Label{*std::move(tidy), std::move(folded)};
}

}  // namespace pastille
