// A table in CSV: a header that names the columns, in any case and order, and rows. Texts that a
// spreadsheet would take for a formula get a "'" in front when they go out, which is taken off when
// they come in. Pure.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_faults.h"
#include "core/unicode.h"

namespace pastille {

struct CsvRow {
  std::size_t line = 0;                      // where it begins in the file
  std::map<std::string, std::string> cells;  // by column, tidy; of those that the row has
  // "" when the column or the text is not there.
  const std::string& at(const std::string& column) const;
  bool has(const std::string& column) const { return cells.contains(column); }
};

struct CsvTable {
  std::vector<CsvRow> rows;  // without empty ones
  std::vector<std::string> columns;
  // Of columns that nobody asked for, as they are written; at most limits::kColumnsNamed.
  std::vector<std::string> ignored;

  bool has(const std::string& column) const;
};

struct CsvColumn {
  std::string name;
  bool required = false;
  // What other systems call it, in letters and digits: "username" is "User Name" and "user_name",
  // too. The first one that a header has is taken where the name itself is not there.
  std::vector<std::string> also = {};
};

struct CsvRules {
  std::vector<CsvColumn> columns;
  std::string prefix = {};  // columns that begin so are known as well
  std::size_t rows_most = 0;
};

// The bytes of a file (wire/file_text.h); else all that is wrong with it as a table, up to the line
// that is one too many.
std::expected<CsvTable, LineFaults> parse_csv(std::string_view bytes, const CsvRules& rules,
                                              const Unicode& unicode);

void append_csv_line(std::string& out, const std::vector<std::string>& cells);

// Out and in again.
std::string neutral(std::string_view text);
std::string natural(std::string_view text);

}  // namespace pastille
