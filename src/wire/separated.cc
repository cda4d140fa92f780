#include "wire/separated.h"

namespace pastille {
namespace {

void keep(std::vector<std::string>& texts, std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin != std::string::npos) {
    texts.push_back(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
  }
  text.clear();
}

}  // namespace

std::vector<std::string> split_at_semicolons(std::string_view text) {
  std::vector<std::string> texts;
  std::string present;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped =
        text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == ';' || text[i + 1] == '\\');
    if (escaped) {
      present += text[++i];
    } else if (text[i] == ';') {
      keep(texts, present);
    } else {
      present += text[i];
    }
  }
  keep(texts, present);
  return texts;
}

std::string join_with_semicolons(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& each : texts) {
    if (!joined.empty()) joined += ';';
    for (const char c : each) {
      if (c == ';' || c == '\\') joined += '\\';
      joined += c;
    }
  }
  return joined;
}

}  // namespace pastille
