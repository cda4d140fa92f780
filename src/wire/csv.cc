#include "wire/csv.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/limits.h"
#include "core/outside_text.h"
#include "wire/csv_rows.h"
#include "wire/file_text.h"

namespace pastille {
namespace {

constexpr std::string_view kFormula = "=+-@\t\r";
constexpr std::size_t kNameShown = 60;  // bytes of a header's cell

bool looks_like_a_formula(std::string_view text) {
  return !text.empty() && kFormula.find(text.front()) != std::string_view::npos;
}

// "Display Name [Required]" and "displayName" are "displayname".
std::string letters_of(std::string_view folded) {
  std::string letters;
  for (const char each : folded.substr(0, folded.find('['))) {
    const bool ascii = static_cast<unsigned char>(each) < 0x80;
    const bool taken = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9');
    if (taken || !ascii) letters += each;
  }
  return letters;
}

class Columns {
 public:
  Columns(const CsvRules& rules, const Unicode& unicode) : rules_(rules), unicode_(unicode) {}

  // A column by its own name; nullopt: another.
  std::optional<std::string> named(std::string_view header) const {
    const std::string folded = unicode_.fold(unicode_.tidy(header).value_or(std::string()));
    if (!rules_.prefix.empty() && folded.starts_with(rules_.prefix)) return folded;
    for (const CsvColumn& each : rules_.columns) {
      if (letters_of(folded) == letters_of(each.name)) return each.name;
    }
    return std::nullopt;
  }
  // The place of `header` among what others call the column.
  std::optional<std::size_t> also(const CsvColumn& column, std::string_view header) const {
    const std::string letters =
        letters_of(unicode_.fold(unicode_.tidy(header).value_or(std::string())));
    const auto found = std::ranges::find(column.also, letters);
    if (found == column.also.end()) return std::nullopt;
    return static_cast<std::size_t>(found - column.also.begin());
  }
  bool knows(std::string_view header) const {
    return named(header) || std::ranges::any_of(rules_.columns, [&](const CsvColumn& each) {
             return also(each, header).has_value();
           });
  }

 private:
  const CsvRules& rules_;
  const Unicode& unicode_;
};

class Table {
 public:
  Table(const CsvRules& rules, const Unicode& unicode)
      : rules_(rules), unicode_(unicode), columns_(rules, unicode) {}

  bool knows(std::string_view header) const { return columns_.knows(header); }

  // The header, then row after row. False: what comes after it is not to be read.
  bool take(RawRow row) {
    if (begun_) return read_row(std::move(row));
    begun_ = true;
    read_header(row);
    return faults.none();
  }
  bool begun() const { return begun_; }

  CsvTable table;
  LineFaults faults;

 private:
  void read_header(const RawRow& header) {
    names_.resize(header.cells.size());
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
      auto name = columns_.named(header.cells[i]);
      if (!name) continue;
      if (table.has(*name)) {
        fault({.line = header.line,
               .detail = "The column \"" + shown(header.cells[i]) + "\" is here twice.",
               .code = "column_twice",
               .params = {{"column", *name}}});
      }
      take(i, *std::move(name));
    }
    for (const CsvColumn& each : rules_.columns) {
      if (!table.has(each.name)) take_other_name(each, header);
      if (each.required && !table.has(each.name)) miss(each, header);
    }
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
      const std::string text = shown(header.cells[i]);
      if (!names_[i].empty() || text.empty()) continue;
      if (table.ignored.size() < limits::kColumnsNamed) table.ignored.push_back(text);
    }
  }

  bool read_row(RawRow raw) {
    bool empty = true;
    for (std::string& each : raw.cells) {
      each = *unicode_.tidy(each);
      empty = empty && each.empty();
    }
    if (empty) return true;
    if (lines_ == rules_.rows_most) {
      const std::string most = std::to_string(rules_.rows_most);
      fault({.line = raw.line,
             .detail = "A file has at most " + most + " lines besides the header. Cut it in two.",
             .code = "too_many_lines",
             .params = {{"most", most}}});
      return false;
    }
    ++lines_;
    read_cells(std::move(raw));
    return true;
  }

  void read_cells(RawRow raw) {
    CsvRow row{.line = raw.line, .cells = {}};
    for (std::size_t i = 0; i < raw.cells.size(); ++i) {
      std::string& text = raw.cells[i];
      if (text.empty() && (i >= names_.size() || names_[i].empty())) continue;
      if (i >= names_.size()) {
        return fault({.line = raw.line,
                      .detail = "This line has " + std::to_string(raw.cells.size()) +
                                " cells, and the header " + std::to_string(names_.size()) +
                                ". A cell that holds a separator stands in quotes.",
                      .code = "too_many_cells"});
      }
      if (names_[i].empty()) continue;
      if (text.size() > limits::kImportCell) {
        fault({.line = raw.line,
               .column = names_[i],
               .detail = "At most " + std::to_string(limits::kImportCell) + " bytes.",
               .code = "too_long"});
        continue;
      }
      row.cells[names_[i]] = std::move(text);
    }
    table.rows.push_back(std::move(row));
  }

  void fault(LineFault fault) { faults.add(std::move(fault)); }
  static std::string shown(std::string_view header) { return printable(header, kNameShown); }

  void take(std::size_t cell, std::string name) {
    if (!table.has(name)) table.columns.push_back(name);
    names_[cell] = std::move(name);
  }

  void take_other_name(const CsvColumn& column, const RawRow& header) {
    std::optional<std::pair<std::size_t, std::size_t>> first;  // of `also`, of the header
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
      const auto place = columns_.also(column, header.cells[i]);
      if (!names_[i].empty() || !place || (first && first->first <= *place)) continue;
      first = {*place, i};
    }
    if (first) take(first->second, column.name);
  }

  void miss(const CsvColumn& column, const RawRow& header) {
    std::string there;
    for (std::size_t i = 0; i < std::min(header.cells.size(), limits::kColumnsNamed); ++i) {
      there += (i > 0 ? ", " : "") + shown(header.cells[i]);
    }
    std::string known;
    for (const CsvColumn& each : rules_.columns) known += (known.empty() ? "" : ", ") + each.name;
    fault({.line = header.line,
           .detail = "The column \"" + column.name + "\" is missing. The first line has: " + there +
                     ". Known are: " + known + ".",
           .code = "column_missing",
           .params = {{"column", column.name}}});
  }

  const CsvRules& rules_;
  const Unicode& unicode_;
  const Columns columns_;
  std::vector<std::string> names_;  // of the header's cells; "": ignored
  std::size_t lines_ = 0;           // that are not empty, besides the header
  bool begun_ = false;
};

}  // namespace

const std::string& CsvRow::at(const std::string& column) const {
  static const std::string nothing;
  const auto found = cells.find(column);
  return found == cells.end() ? nothing : found->second;
}

bool CsvTable::has(const std::string& column) const {
  return std::ranges::find(columns, column) != columns.end();
}

std::expected<CsvTable, LineFaults> parse_csv(std::string_view bytes, const CsvRules& rules,
                                              const Unicode& unicode) {
  const auto text = file_text(bytes);
  if (!text) return std::unexpected(LineFaults(text.error()));
  Table table(rules, unicode);
  const auto read = csv_rows(
      *text, [&](std::string_view header) { return table.knows(header); },
      [&](RawRow row) { return table.take(std::move(row)); });
  if (!read) return std::unexpected(LineFaults(read.error()));
  if (!table.begun()) {
    return std::unexpected(LineFaults(
        {.line = 1, .detail = "The first line must name the columns.", .code = "empty_file"}));
  }
  if (!table.faults.none()) return std::unexpected(std::move(table.faults));
  return std::move(table.table);
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
