#include "wire/csv.h"

#include <csv.h>

#include <algorithm>

#include "core/limits.h"

namespace pastille {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kFormula = "=+-@\t\r";
constexpr std::size_t kFaultsShown = 20;

bool looks_like_a_formula(std::string_view text) {
  return !text.empty() && kFormula.find(text.front()) != std::string_view::npos;
}

struct RawRow {
  std::size_t line;
  std::vector<std::string> cells;
};

// libcsv gives cells and row ends; it is fed byte by byte so that each row knows its line.
class Reader {
 public:
  Reader() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI); }
  ~Reader() { csv_free(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // False: a quote stands where none may.
  bool read(std::string_view text) {
    char before = 0;
    for (const char& each : text) {
      if (between_rows_ && each != '\n' && each != '\r') {
        row_line_ = line_;
        between_rows_ = false;
      }
      if (csv_parse(&parser_, &each, 1, cell, row, this) != 1) return false;
      // CR LF, LF, and CR alone, as old spreadsheets write it, each end one line.
      if (each == '\r' || (each == '\n' && before != '\r')) ++line_;
      before = each;
    }
    return csv_fini(&parser_, cell, row, this) == 0;
  }

  std::vector<RawRow> rows;
  std::size_t line() const { return line_; }

 private:
  static void cell(void* text, std::size_t size, void* self) {
    static_cast<Reader*>(self)->cells_.emplace_back(static_cast<const char*>(text), size);
  }
  static void row(int, void* given) {
    auto* self = static_cast<Reader*>(given);
    self->rows.push_back({self->row_line_, std::move(self->cells_)});
    self->cells_.clear();
    self->between_rows_ = true;
  }

  csv_parser parser_{};
  std::vector<std::string> cells_;
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
  bool between_rows_ = true;
};

class Table {
 public:
  Table(const CsvRules& rules, const Unicode& unicode) : rules_(rules), unicode_(unicode) {}

  void read_header(const RawRow& header) {
    for (const std::string& given : header.cells) {
      const std::string column = unicode_.tidy(given).value_or(given);
      if (!knows(column)) {
        fault(header.line, "there is no column \"" + column + "\"; there are " + known());
      } else if (std::ranges::find(table.columns, column) != table.columns.end()) {
        fault(header.line, "the column \"" + column + "\" is here twice");
      }
      table.columns.push_back(column);
    }
    for (const std::string& each : rules_.required) {
      if (std::ranges::find(table.columns, each) == table.columns.end()) {
        fault(header.line, "the column \"" + each + "\" is missing");
      }
    }
  }

  void read_row(RawRow& raw) {
    if (raw.cells.size() != table.columns.size()) {
      return fault(raw.line, "has " + std::to_string(raw.cells.size()) + " cells, the header has " +
                                 std::to_string(table.columns.size()));
    }
    CsvRow row{.line = raw.line, .cells = {}};
    for (std::size_t i = 0; i < raw.cells.size(); ++i) {
      if (raw.cells[i].size() > limits::kImportCell) {
        fault(raw.line, table.columns[i] + " is longer than " +
                            std::to_string(limits::kImportCell) + " bytes");
      } else if (!unicode_.tidy(raw.cells[i])) {
        fault(raw.line, table.columns[i] + " is not UTF-8; save the file as UTF-8");
      } else {
        row.cells[table.columns[i]] = std::move(raw.cells[i]);
      }
    }
    table.rows.push_back(std::move(row));
  }

  void fault(std::size_t line, const std::string& what) {
    if (faults.size() < kFaultsShown) faults.push_back({.line = line, .detail = what + "."});
  }

  CsvTable table;
  std::vector<LineFault> faults;

 private:
  bool knows(const std::string& column) const {
    const auto among = [&](const auto& columns) {
      return std::ranges::find(columns, column) != columns.end();
    };
    const bool prefixed =
        !rules_.optional_prefix.empty() && column.starts_with(rules_.optional_prefix);
    return among(rules_.required) || among(rules_.optional) || prefixed;
  }
  std::string known() const {
    std::string columns;
    for (const auto* each : {&rules_.required, &rules_.optional}) {
      for (const std::string& column : *each) columns += (columns.empty() ? "" : ", ") + column;
    }
    return columns;
  }

  const CsvRules& rules_;
  const Unicode& unicode_;
};

}  // namespace

const std::string& CsvRow::at(const std::string& column) const {
  static const std::string nothing;
  const auto found = cells.find(column);
  return found == cells.end() ? nothing : found->second;
}

std::expected<CsvTable, std::vector<LineFault>> parse_csv(std::string text, const CsvRules& rules,
                                                          const Unicode& unicode) {
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  Table table(rules, unicode);
  Reader reader;
  if (!reader.read(text)) {
    table.fault(reader.line(), "a quote stands where none may, or is not closed");
    return std::unexpected(std::move(table.faults));
  }
  if (reader.rows.empty()) {
    table.fault(1, "the first line must name the columns");
    return std::unexpected(std::move(table.faults));
  }
  table.read_header(reader.rows.front());
  if (reader.rows.size() - 1 > rules.rows_most) {
    table.fault(reader.rows[rules.rows_most + 1].line,
                "at most " + std::to_string(rules.rows_most) + " lines are taken");
  }
  if (!table.faults.empty()) return std::unexpected(std::move(table.faults));
  for (std::size_t i = 1; i < reader.rows.size(); ++i) table.read_row(reader.rows[i]);
  if (!table.faults.empty()) return std::unexpected(std::move(table.faults));
  return std::move(table.table);
}

FieldError to_field_error(const LineFault& fault) {
  std::string pointer = "line " + std::to_string(fault.line);
  if (!fault.column.empty()) pointer += ", " + fault.column;
  return {.pointer = std::move(pointer), .detail = fault.detail};
}

std::string to_text(const LineFault& fault) {
  std::string text = "line " + std::to_string(fault.line);
  if (!fault.column.empty()) text += ", " + fault.column;
  return text + ": " + fault.detail;
}

void append_csv_line(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    const std::string& cell = cells[i];
    const bool padded = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
    if (cell.find_first_of("\",\r\n") == std::string::npos && !padded) {
      out += cell;
      continue;
    }
    out += '"';
    for (const char each : cell) {
      if (each == '"') out += '"';
      out += each;
    }
    out += '"';
  }
  out += "\r\n";
}

std::string neutral(std::string_view text) {
  const bool quoted = text.starts_with('\'');
  return (looks_like_a_formula(text) || quoted ? "'" : "") + std::string(text);
}

std::string natural(std::string_view text) {
  const bool neutralised = text.starts_with('\'') && text.size() > 1 &&
                           (text[1] == '\'' || looks_like_a_formula(text.substr(1)));
  // A lone "'" goes out as "''".
  return std::string(neutralised ? text.substr(1) : text);
}

}  // namespace pastille
