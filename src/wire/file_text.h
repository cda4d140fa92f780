// The bytes of a file that somebody saved, as UTF-8: what spreadsheets and shells write. Pure.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "core/line_fault.h"

namespace pastille {

// What a CSV begins with so that a spreadsheet reads it as UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Bytes of a line or a cell that a fault shows, to find it again.
inline constexpr std::size_t kShownOfFile = 60;

// Takes UTF-8 with or without a mark and UTF-16 with one, of either order. Anything else is refused
// with its line and with what to save it as: Windows-1252 and the like, UTF-16 without a mark, a
// workbook.
std::expected<std::string, LineFault> file_text(std::string_view bytes);

}  // namespace pastille
