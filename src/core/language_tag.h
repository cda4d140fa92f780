// Language tags (RFC 5646) as text: well-formed and in their usual case. Whether a language exists
// is not asked; what knows none falls back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pastille {

// "pt-br" -> "pt-BR", "zh-hans" -> "zh-Hans". nullopt: not well-formed, or longer than
// limits::kLocale.
std::optional<std::string> parse_language_tag(std::string_view text);

}  // namespace pastille
