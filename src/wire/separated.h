// Several texts in one, as in a cell of a spreadsheet: "North;South". A ';' or '\' that belongs to
// a text has a '\' before it. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pastille {

// Spaces around each are left out, and empty ones.
std::vector<std::string> split_at_semicolons(std::string_view text);
std::string join_with_semicolons(const std::vector<std::string>& texts);

}  // namespace pastille
