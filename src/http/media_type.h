// What kind of body a request says that it has.
#pragma once

#include <string>
#include <string_view>

#include "http/ascii.h"
#include "http/request.h"

namespace pastille::http {

inline constexpr std::string_view kCsvType = "text/csv";

// "text/csv" of "Text/CSV; header=present"; "" when it does not say.
inline std::string media_type(const Request& request) {
  const std::string_view field = request.field("content-type").value_or("");
  return lower_ascii(trim_blanks(field.substr(0, field.find(';'))));
}

}  // namespace pastille::http
