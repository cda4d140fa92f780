#include "core/login.h"

#include "core/limits.h"

namespace pastille {
namespace {

bool has_white_space(std::string_view text) {
  for (const std::string_view each : {" ", "\u00a0", "\u3000", "\u2003", "\u2009", "\u202f"}) {
    if (text.find(each) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

Result<Label> parse_login(std::string_view text, const Unicode& unicode) {
  Result<Label> login = parse_label(text, {.pointer = "/login", .most = limits::kLogin}, unicode);
  if (login && has_white_space(login->text)) {
    return refuse_field("/login", "A login has no white space in it. Write it in one word.");
  }
  return login;
}

}  // namespace pastille
