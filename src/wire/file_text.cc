#include "wire/file_text.h"

#include <cstdint>
#include <optional>

#include "core/outside_text.h"

namespace pastille {
namespace {

void append_utf8(std::string& out, std::uint32_t point) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0U | point >> 6U);
    byte(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    byte(0xE0U | point >> 12U);
    byte(0x80U | (point >> 6U & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  } else {
    byte(0xF0U | point >> 18U);
    byte(0x80U | (point >> 12U & 0x3FU));
    byte(0x80U | (point >> 6U & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  }
}

class Utf16 {
 public:
  Utf16(std::string_view bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

  // nullopt: half a unit, or half a pair.
  std::optional<std::string> as_utf8() const {
    if (bytes_.size() % 2 != 0) return std::nullopt;
    std::string text;
    text.reserve(bytes_.size());
    for (std::size_t at = 0; at < bytes_.size(); at += 2) {
      std::uint32_t point = unit(at);
      if (point >= 0xD800 && point < 0xE000) {
        if (point >= 0xDC00 || at + 2 >= bytes_.size()) return std::nullopt;
        const std::uint32_t low = unit(at + 2);
        if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
        point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
        at += 2;
      }
      append_utf8(text, point);
    }
    return text;
  }

 private:
  std::uint32_t unit(std::size_t at) const {
    const std::uint32_t first = static_cast<unsigned char>(bytes_[at]);
    const std::uint32_t second = static_cast<unsigned char>(bytes_[at + 1]);
    return big_endian_ ? first << 8U | second : second << 8U | first;
  }

  std::string_view bytes_;
  bool big_endian_;
};

// As a spreadsheet ends lines: CR LF, LF, or CR alone.
std::size_t line_of(std::string_view text, std::size_t place) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < place; ++i) {
    if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))) ++line;
  }
  return line;
}

std::string around(std::string_view text, std::size_t place) {
  const std::size_t end = text.find_last_of("\r\n", place);
  const std::size_t begin = end == std::string_view::npos ? 0 : end + 1;
  const std::size_t from = place - begin > kShownOfFile / 2 ? place - kShownOfFile / 2 : begin;
  const std::size_t size = text.substr(from).find_first_of("\r\n");
  return printable(text.substr(from, size), kShownOfFile);
}

LineFault refused(std::size_t line, std::string what) {
  return {.line = line,
          .column = {},
          .detail = std::move(what) +
                    " Save the file as CSV in UTF-8: in Excel, Save As, \"CSV UTF-8 "
                    "(Comma delimited)\".",
          .code = "not_utf8"};
}

}  // namespace

std::expected<std::string, LineFault> file_text(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04")) {
    return std::unexpected(refused(1, "This is a workbook (.xlsx or .ods), not CSV."));
  }
  const bool little = bytes.starts_with("\xff\xfe");
  if (little || bytes.starts_with("\xfe\xff")) {
    if (auto text = Utf16(bytes.substr(2), !little).as_utf8()) return *std::move(text);
    return std::unexpected(refused(1, "The file begins as UTF-16 and is cut off or damaged."));
  }
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (bytes.find('\0') != std::string_view::npos) {
    return std::unexpected(refused(1, "This is UTF-16 without a mark, or no text at all."));
  }
  for (std::size_t at = 0; at < bytes.size();) {
    const DecodedPoint point = decode_utf8(bytes, at);
    if (!point.valid) {
      return std::unexpected(refused(
          line_of(bytes, at),
          "This line is not UTF-8, but perhaps Windows-1252: \"" + around(bytes, at) + "\"."));
    }
    at += point.length;
  }
  return std::string(bytes);
}

}  // namespace pastille
