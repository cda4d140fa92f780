// Unicode by ICU. Thread-safe: every thread has transliterators, iterators and collators of its
// own, made at first use.
#pragma once

#include "core/unicode.h"

namespace pastille {

class IcuUnicode final : public Unicode {
 public:
  std::optional<std::string> tidy(std::string_view text) const override;
  std::string without_invisible(std::string_view text) const override;
  std::string fold(std::string_view text) const override;
  std::string loosen(std::string_view folded) const override;
  std::string folding_version() const override;
  std::size_t code_points(std::string_view text) const override;
  bool shows_something(std::string_view text) const override;
  bool has_white_space(std::string_view text) const override;
  bool is_single_grapheme(std::string_view text) const override;
  std::string cut(std::string_view text, std::size_t limit) const override;
  bool knows_language(std::string_view tag) const override;
  std::string sort_key(std::string_view text, std::string_view locale) const override;
};

}  // namespace pastille
