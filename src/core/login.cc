#include "core/login.h"

#include "core/limits.h"

namespace pastille {
Result<Label> parse_login(std::string_view text, const Unicode& unicode) {
  Result<Label> login = parse_label(text, {.pointer = "/login", .most = limits::kLogin}, unicode);
  if (login && unicode.has_white_space(login->text)) {
    return refuse_field("/login", "A login has no white space in it. Write it in one word.");
  }
  return login;
}

}  // namespace pastille
