// Files that a command reads and writes where it was typed; "-" is standard input or output.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "cli/command.h"
#include "wire/statuses_file.h"

namespace pastille::cli {

// Of statuses, as --format says it; else by the ending of the name; else, of "-", nullopt.
std::optional<FileKind> kind_of_file(const std::string& path, const std::string& format);
// The options of `export` and `import`: the file and its format.
void declare_statuses_file(CLI::App& command, std::string& path, std::string& format);

// "Columns that are not taken: ...", a line; "": there are none.
std::string said_of_columns(const std::vector<std::string>& ignored);

// At most limits::kControlBytes.
std::expected<std::string, Outcome> read_file(const std::string& path);
// Complete or not there: written beside, then renamed. Keeps the outcome's text when it is "-".
Outcome write_file(const std::string& path, Outcome outcome);

}  // namespace pastille::cli
