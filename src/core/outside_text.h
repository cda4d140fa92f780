// The edge where bytes from outside become text: headers, paths and queries, cells of files, JSON
// strings, what an identity provider, the environment or a command line says. Behind it everything
// is valid UTF-8, so that databases, JSON and logs take it, and holds nothing that moves a
// terminal's cursor or turns the direction of what stands beside it. What a person is to read as
// written is refused (fault_of_text); what is only kept or shown is replaced (printable). People's
// own names, notes and messages have finer rules on top: core/label.h. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pastille {

enum class TextFault : std::uint8_t { kNotUtf8, kControlCharacter };
// A sentence for who sent it.
std::string_view to_text(TextFault fault);

// One code point of some bytes.
struct DecodedPoint {
  char32_t point = 0;      // U+FFFD when `valid` is false
  std::size_t length = 1;  // bytes; of a wrong sequence, those that no sequence can go on with
  bool valid = false;
};
// `at` lies within `bytes`. RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
DecodedPoint decode_utf8(std::string_view bytes, std::size_t at);
bool is_utf8(std::string_view bytes);

// C0, DEL and C1 controls, and noncharacters: never part of a text. Line ends and tabs are among
// them; who allows those asks for them first.
bool is_control(char32_t point);

// nullopt: it can be taken as it is.
std::optional<TextFault> fault_of_text(std::string_view bytes);

// With U+FFFD for each wrong sequence and control character, and for line separators and what turns
// the direction of the text beside it (people paste these, so that fault_of_text lets them pass);
// cut between characters so that the result has at most `most_bytes`.
std::string printable(std::string_view bytes, std::size_t most_bytes = std::string::npos);
// The same, and line ends and tabs stay: for texts of several lines on a terminal.
std::string printable_lines(std::string_view bytes);

}  // namespace pastille
