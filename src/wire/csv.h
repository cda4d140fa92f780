// CSV as RFC 4180 has it, with a header row. Texts that a spreadsheet would take for a formula get
// a "'" in front when they go out, which is taken off when they come in.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/refusal.h"
#include "core/unicode.h"

namespace pastille {

struct CsvRow {
  std::size_t line = 0;                      // where it begins in the file
  std::map<std::string, std::string> cells;  // by column; of those that the header has
  // "" when the column or the text is not there.
  const std::string& at(const std::string& column) const;
  bool has(const std::string& column) const { return cells.contains(column); }
};

struct CsvTable {
  std::vector<std::string> columns;
  std::vector<CsvRow> rows;
};

struct CsvRules {
  std::vector<std::string> required;  // columns
  std::vector<std::string> optional;
  std::string optional_prefix = {};  // columns that begin so are known as well
  std::size_t rows_most = 0;
};

// What is wrong with a line, or with one cell of it.
struct LineFault {
  std::size_t line = 0;
  std::string column = {};  // "": the whole line
  std::string detail;
  friend bool operator==(const LineFault&, const LineFault&) = default;
};
std::string to_text(const LineFault& fault);        // "line 3, role: There is no such role."
FieldError to_field_error(const LineFault& fault);  // its pointer: "line 3, role"

// Reads UTF-8 with or without a byte order mark; or the first 20 faults.
std::expected<CsvTable, std::vector<LineFault>> parse_csv(std::string text, const CsvRules& rules,
                                                          const Unicode& unicode);

void append_csv_line(std::string& out, const std::vector<std::string>& cells);

// Out and in again.
std::string neutral(std::string_view text);
std::string natural(std::string_view text);

}  // namespace pastille
