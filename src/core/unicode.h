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
  // Without what nobody sees and nothing needs; line separators and blank symbols as spaces.
  virtual std::string without_invisible(std::string_view text) const = 0;
  // Texts that fold alike are the same name: no case, no accents of Latin, Greek and Cyrillic,
  // Latin letters to ASCII ("Straße" -> "strasse"), nothing that nobody sees; marks that make
  // another letter stay ("バス" is not "ハス"). Folding what is folded changes nothing.
  virtual std::string fold(std::string_view text) const = 0;
  // What fold() gave, for search: without any marks.
  virtual std::string loosen(std::string_view folded) const = 0;
  // Of the tables behind fold(): kept beside folds, which another version may make otherwise.
  virtual std::string folding_version() const = 0;
  virtual std::size_t code_points(std::string_view text) const = 0;
  // False: white space, invisible characters, blank symbols and marks alone.
  virtual bool shows_something(std::string_view text) const = 0;
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
