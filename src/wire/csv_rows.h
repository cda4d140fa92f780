// CSV as RFC 4180 has it, cut into rows of cells; between cells stands what the header shows: ',',
// ';' (Excel in most European languages) or a tab. Pure.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/line_fault.h"

namespace pastille {

struct RawRow {
  std::size_t line = 0;  // where it begins
  std::vector<std::string> cells;
};

// `knows`: whether the text of a cell names a column. The separator is the one that gives the
// header the most known columns, then the most cells. A first line "sep=;", which Excel writes and
// reads, says it. Empty lines are left out. Refuses a quote that is not closed, with the line where
// it opens, or that stands where none may, and a line of more than limits::kCsvCells.
// `take` is given row after row; once it gives false, nothing more is read.
std::expected<void, LineFault> csv_rows(std::string_view text,
                                        const std::function<bool(std::string_view)>& knows,
                                        const std::function<bool(RawRow)>& take);

}  // namespace pastille
