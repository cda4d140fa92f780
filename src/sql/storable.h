// What both databases have a place for: PostgreSQL takes no text that is not UTF-8 and none with a
// NUL, and what one of the two refuses the other refuses as well. The edge has checked it before;
// this is the last door, and names the one value at fault instead of losing a batch.
#pragma once

#include <string_view>

#include "core/outside_text.h"

namespace pastille::sql {

inline bool is_storable(std::string_view text) {
  return text.find('\0') == std::string_view::npos && is_utf8(text);
}

}  // namespace pastille::sql
