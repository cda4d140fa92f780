// Files that a command reads and writes where it was typed; "-" is standard input or output.
#pragma once

#include <expected>
#include <string>

#include "cli/command.h"

namespace pastille::cli {

// At most limits::kControlBytes.
std::expected<std::string, Outcome> read_file(const std::string& path);
// Complete or not there: written beside, then renamed. Keeps the outcome's text when it is "-".
Outcome write_file(const std::string& path, Outcome outcome);

}  // namespace pastille::cli
