#include "wire/csv_rows.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "core/limits.h"

namespace pastille {
namespace {

// libcsv gives cells and row ends; it is fed byte by byte so that each row knows its line.
class Reader {
 public:
  using Take = std::function<bool(RawRow)>;

  Reader(char separator, const Take& take) : take_(take) {
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    // A tab between cells is no blank around one.
    if (separator == '\t')
      csv_set_space_func(&parser_, [](unsigned char c) { return +(c == ' '); });
  }
  ~Reader() { csv_free(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::expected<void, LineFault> read(std::string_view text) {
    char before = 0;
    for (const char& each : text) {
      if (between_rows_ && each != '\n' && each != '\r') {
        row_line_ = line_;
        between_rows_ = false;
      }
      if (each == '"') note_quote(before);
      if (csv_parse(&parser_, &each, 1, cell, row, this) != 1) {
        return std::unexpected(
            LineFault{.line = line_,
                      .detail = "A quote stands where none may. A cell that holds quotes stands in "
                                "quotes, and each of its own is written twice: \"a \"\"b\"\" c\".",
                      .code = "quote_misplaced"});
      }
      if (done_) return {};
      if (overfull_) return std::unexpected(too_many_cells());
      // CR LF, LF, and CR alone, as old spreadsheets write it, each end one line.
      if (each == '\r' || (each == '\n' && before != '\r')) ++line_;
      before = each;
    }
    if (csv_fini(&parser_, cell, row, this) != 0) {
      return std::unexpected(LineFault{.line = opened_,
                                       .detail = "The quote that opens here is never closed.",
                                       .code = "quote_open"});
    }
    if (overfull_) return std::unexpected(too_many_cells());
    return {};
  }

 private:
  LineFault too_many_cells() const {
    return {.line = row_line_,
            .detail = "A line has at most " + std::to_string(limits::kCsvCells) + " cells.",
            .code = "too_many_cells"};
  }
  // A quote that follows one that closed is a quote of the cell: it opened where the first one did.
  void note_quote(char before) {
    if (!quoted_ && before != '"') opened_ = line_;
    quoted_ = !quoted_;
  }
  static void cell(void* text, std::size_t size, void* given) {
    auto* self = static_cast<Reader*>(given);
    self->overfull_ = self->overfull_ || self->cells_.size() == limits::kCsvCells;
    if (!self->overfull_) self->cells_.emplace_back(static_cast<const char*>(text), size);
  }
  static void row(int, void* given) {
    auto* self = static_cast<Reader*>(given);
    if (self->overfull_) return;
    if (!self->done_) self->done_ = !self->take_({self->row_line_, std::move(self->cells_)});
    self->cells_.clear();
    self->between_rows_ = true;
  }

  csv_parser parser_{};
  const Take& take_;
  bool done_ = false;      // nothing more is asked for
  bool overfull_ = false;  // the line in hand has too many cells
  std::vector<std::string> cells_;
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
  std::size_t opened_ = 1;
  bool quoted_ = false;
  bool between_rows_ = true;
};

// The first line that is not empty, to its end outside of quotes.
std::string_view header_of(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of("\r\n"), text.size());
  bool quoted = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && (text[i] == '\r' || text[i] == '\n')) return text.substr(begin, i - begin);
  }
  return text.substr(begin);
}

char separator_of(std::string_view header, const std::function<bool(std::string_view)>& knows) {
  constexpr std::array kSeparators = {',', ';', '\t'};
  char best = ',';
  std::pair<std::size_t, std::size_t> most{};
  for (const char each : kSeparators) {
    std::vector<std::string> cells;
    const std::function<bool(RawRow)> keep = [&cells](RawRow row) {
      cells = std::move(row.cells);
      return false;
    };
    if (!Reader(each, keep).read(header) || cells.empty()) continue;
    const std::pair found{static_cast<std::size_t>(std::ranges::count_if(cells, knows)),
                          cells.size()};
    if (found <= most) continue;
    most = found;
    best = each;
  }
  return best;
}

}  // namespace

std::expected<void, LineFault> csv_rows(std::string_view text,
                                        const std::function<bool(std::string_view)>& knows,
                                        const std::function<bool(RawRow)>& take) {
  constexpr std::string_view kSaid = "sep=";
  const std::string_view header = header_of(text);
  if (!header.starts_with(kSaid) || header.size() != kSaid.size() + 1) {
    return Reader(separator_of(header, knows), take).read(text);
  }
  const auto end = static_cast<std::size_t>(header.data() - text.data()) + header.size();
  return Reader(header.back(), take).read(text.substr(end));
}

}  // namespace pastille
