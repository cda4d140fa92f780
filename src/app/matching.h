// Search as people type it: every word must be found in one of the folded texts.
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
  SearchWords(std::string_view text, const Unicode& unicode) {
    const std::string folded = unicode.fold(unicode.tidy(text).value_or(std::string()));
    for (std::size_t begin = 0; begin < folded.size();) {
      const std::size_t end = std::min(folded.find(' ', begin), folded.size());
      if (end > begin) words_.push_back(folded.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  // `folded_texts`: anything that holds strings.
  template <class Texts>
  bool found_in(const Texts& folded_texts) const {
    return std::ranges::all_of(words_, [&](const std::string& word) {
      return std::ranges::any_of(folded_texts, [&](std::string_view text) {
        return text.find(word) != std::string_view::npos;
      });
    });
  }

 private:
  std::vector<std::string> words_;
};

// A number as bytes that sort as the number does.
inline void append_ordered(std::string& key, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    key += static_cast<char>(static_cast<unsigned char>(number >> static_cast<unsigned>(shift)));
  }
}

}  // namespace pastille
