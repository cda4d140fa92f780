// Search as people type it: every word must be found in one of the texts, without regard to any
// accent.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/unicode.h"

namespace pastille {

class SearchWords {
 public:
  // `unicode` outlives it.
  SearchWords(std::string_view text, const Unicode& unicode) : unicode_(unicode) {
    const std::string loose =
        unicode.loosen(unicode.fold(unicode.tidy(text).value_or(std::string())));
    for (std::size_t begin = 0; begin < loose.size();) {
      const std::size_t end = std::min(loose.find(' ', begin), loose.size());
      if (end > begin) words_.push_back(loose.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  // `folded_texts`: anything that holds strings that Unicode::fold gave.
  template <class Texts>
  bool found_in(const Texts& folded_texts) const {
    if (words_.empty()) return true;
    std::vector<std::string> texts;
    for (const auto& each : folded_texts) texts.push_back(unicode_.loosen(each));
    return std::ranges::all_of(words_, [&](const std::string& word) {
      return std::ranges::any_of(
          texts, [&](const std::string& text) { return text.find(word) != std::string::npos; });
    });
  }

 private:
  const Unicode& unicode_;
  std::vector<std::string> words_;  // loosened
};

// A number as bytes that sort as the number does.
inline void append_ordered(std::string& key, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    key += static_cast<char>(static_cast<unsigned char>(number >> static_cast<unsigned>(shift)));
  }
}

}  // namespace pastille
