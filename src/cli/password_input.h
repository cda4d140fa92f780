// A new password from the person at the keyboard, asked for twice and not shown, or the first line
// of standard input.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "cli/command.h"

namespace pastille::cli {

// `from_input`: --password-stdin was given. Refuses when neither is possible.
std::expected<std::string, Outcome> read_new_password(bool from_input);

}  // namespace pastille::cli
