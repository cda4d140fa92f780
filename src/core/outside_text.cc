#include "core/outside_text.h"

namespace pastille {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kReplacementBytes = "\xef\xbf\xbd";

// What may follow a first byte (RFC 3629, the table of section 4): the range of the second byte
// keeps overlong forms, surrogates and what is too large out.
struct Sequence {
  std::size_t length = 0;  // 0: no sequence begins so
  std::uint8_t second_least = 0x80;
  std::uint8_t second_most = 0xBF;
};

constexpr Sequence sequence_of(std::uint8_t first) {
  if (first < 0x80) return {.length = 1};
  if (first < 0xC2) return {};
  if (first < 0xE0) return {.length = 2};
  if (first == 0xE0) return {.length = 3, .second_least = 0xA0};
  if (first == 0xED) return {.length = 3, .second_most = 0x9F};
  if (first < 0xF0) return {.length = 3};
  if (first == 0xF0) return {.length = 4, .second_least = 0x90};
  if (first < 0xF4) return {.length = 4};
  if (first == 0xF4) return {.length = 4, .second_most = 0x8F};
  return {};
}

bool is_between(char32_t point, char32_t least, char32_t most) {
  return point >= least && point <= most;
}

// Line and paragraph separator; embeddings, overrides and isolates of direction (Unicode 23.2).
bool ends_line_or_turns(char32_t point) {
  return is_between(point, 0x2028, 0x202E) || is_between(point, 0x2066, 0x2069);
}

template <class Stays>
std::string replaced(std::string_view bytes, std::size_t most_bytes, Stays stays) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) {
    const DecodedPoint next = decode_utf8(bytes, at);
    const std::string_view shown =
        next.valid && stays(next.point) ? bytes.substr(at, next.length) : kReplacementBytes;
    if (out.size() + shown.size() > most_bytes) break;
    out += shown;
    at += next.length;
  }
  return out;
}

}  // namespace

std::string_view to_text(TextFault fault) {
  switch (fault) {
    case TextFault::kNotUtf8:
      return "This is not valid UTF-8. Send text in UTF-8.";
    case TextFault::kControlCharacter:
      return "Control characters are not allowed. Take them out.";
  }
  return {};
}

DecodedPoint decode_utf8(std::string_view bytes, std::size_t at) {
  const auto first = static_cast<std::uint8_t>(bytes[at]);
  const Sequence sequence = sequence_of(first);
  if (sequence.length == 1) return {.point = first, .length = 1, .valid = true};
  if (sequence.length == 0) return {.point = kReplacement};
  // Of the first byte of a sequence of 2, 3 or 4 the last 5, 4 or 3 bits count.
  char32_t point = first & (0xFFU >> (sequence.length + 1));
  for (std::size_t i = 1; i < sequence.length; ++i) {
    if (at + i == bytes.size()) return {.point = kReplacement, .length = i};
    const auto byte = static_cast<std::uint8_t>(bytes[at + i]);
    const std::uint8_t least = i == 1 ? sequence.second_least : 0x80;
    const std::uint8_t most = i == 1 ? sequence.second_most : 0xBF;
    if (byte < least || byte > most) return {.point = kReplacement, .length = i};
    point = (point << 6U) | (byte & 0x3FU);
  }
  return {.point = point, .length = sequence.length, .valid = true};
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const DecodedPoint next = decode_utf8(bytes, at);
    if (!next.valid) return false;
    at += next.length;
  }
  return true;
}

bool is_control(char32_t point) {
  return point < 0x20 || is_between(point, 0x7F, 0x9F) || is_between(point, 0xFDD0, 0xFDEF) ||
         (point & 0xFFFEU) == 0xFFFE;
}

std::optional<TextFault> fault_of_text(std::string_view bytes) {
  std::optional<TextFault> fault;
  for (std::size_t at = 0; at < bytes.size();) {
    const DecodedPoint next = decode_utf8(bytes, at);
    if (!next.valid) return TextFault::kNotUtf8;  // says more than a control character
    if (is_control(next.point)) fault = TextFault::kControlCharacter;
    at += next.length;
  }
  return fault;
}

std::string printable(std::string_view bytes, std::size_t most_bytes) {
  return replaced(bytes, most_bytes,
                  [](char32_t point) { return !is_control(point) && !ends_line_or_turns(point); });
}

std::string printable_lines(std::string_view bytes) {
  return replaced(bytes, std::string::npos, [](char32_t point) {
    if (point == '\n' || point == '\r' || point == '\t') return true;
    return !is_control(point) && !ends_line_or_turns(point);
  });
}

}  // namespace pastille
