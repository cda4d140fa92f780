// What the rules ask of Unicode. The implementation is unicode/icu_unicode.h; core stays free of
// libraries. All methods are pure, thread-safe, and take valid UTF-8 (checked at the edge).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pastille {

class Unicode {
 public:
  virtual ~Unicode() = default;

  // NFC, without white space at both ends. nullopt: not valid UTF-8.
  virtual std::optional<std::string> tidy(std::string_view text) const = 0;
  // For search and uniqueness: no case, no accents, Latin letters to ASCII ("Straße" -> "strasse").
  virtual std::string fold(std::string_view text) const = 0;
  virtual std::size_t code_points(std::string_view text) const = 0;
  // Cc, Cf other than ZWJ/ZWNJ, line and paragraph separators, unassigned and private use.
  virtual bool has_control_characters(std::string_view text, bool allow_newlines) const = 0;
  virtual bool has_white_space(std::string_view text) const = 0;
  virtual bool is_single_grapheme(std::string_view text) const = 0;
  // The longest prefix of at most `limit` code points that ends between grapheme clusters.
  virtual std::string cut(std::string_view text, std::size_t limit) const = 0;
  // A key whose byte order is the locale's alphabetical order (UCA with tailoring).
  virtual std::string sort_key(std::string_view text, std::string_view locale) const = 0;
  // Whether the language of a well-formed tag is one of ISO 639.
  virtual bool knows_language(std::string_view tag) const = 0;
};

}  // namespace pastille
