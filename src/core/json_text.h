// A text as a JSON string, quotes included: for values that are kept as JSON, as in histories.
#pragma once

#include <string>
#include <string_view>

namespace pastille {

// `text` is valid UTF-8.
std::string json_text(std::string_view text);

}  // namespace pastille
