// What is wrong with a line of a file, or with one cell of it.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/refusal.h"

namespace pastille {

// `code` and `params` say to programs what `detail` says to people, so that a page can say it in
// the person's language.
struct LineFault {
  std::size_t line = 0;     // counted from 1; 0: of no one line
  std::string column = {};  // "": the whole line
  std::string detail;
  std::string code = "invalid";  // a word in snake_case; api/openapi.yaml lists them
  std::vector<std::pair<std::string, std::string>> params = {};  // numbers and names, as text
  friend bool operator==(const LineFault&, const LineFault&) = default;
};

// Its pointer: "line 3, role" or "line 3".
inline FieldError to_field_error(const LineFault& fault) {
  std::string pointer = "line " + std::to_string(fault.line);
  if (!fault.column.empty()) pointer += ", " + fault.column;
  return {.pointer = std::move(pointer),
          .detail = fault.detail,
          .code = fault.code,
          .params = fault.params};
}

}  // namespace pastille
