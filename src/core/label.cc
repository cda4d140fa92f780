#include "core/label.h"

#include <utility>

namespace pastille {

Result<std::string> parse_text(std::string_view text, const LabelRule& rule,
                               const Unicode& unicode) {
  const std::string pointer(rule.pointer);
  std::optional<std::string> tidy = unicode.tidy(text);
  if (!tidy) {
    return refuse_field({pointer, "This is not valid UTF-8. Send text in UTF-8.", "not_utf8"});
  }
  if (unicode.has_control_characters(*tidy, rule.newlines)) {
    return refuse_field({pointer,
                         "Control and unassigned characters are not allowed. Take them out.",
                         "characters"});
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
  return *std::move(tidy);
}

Result<Label> parse_label(std::string_view text, const LabelRule& rule, const Unicode& unicode) {
  Result<std::string> tidy = parse_text(text, rule, unicode);
  if (!tidy) return std::unexpected(std::move(tidy.error()));
  std::string folded = unicode.fold(*tidy);
  // Accents alone: nothing is left to search for or to tell apart.
  if (rule.least > 0 && folded.empty()) {
    return refuse_field(std::string(rule.pointer), "Use at least one letter, digit or symbol.");
  }
  return Label{*std::move(tidy), std::move(folded)};
}

}  // namespace pastille
