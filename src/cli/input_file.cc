#include "cli/input_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "core/limits.h"

namespace pastille::cli {

std::optional<FileKind> kind_of_file(const std::string& path, const std::string& format) {
  return format.empty() ? file_kind(path) : parse_file_kind(format);
}

void declare_statuses_file(CLI::App& command, std::string& path, std::string& format) {
  command.add_option("file", path, "Ends in .json or .csv, or - for standard input or output")
      ->required();
  command.add_option("--format", format, "json or csv, where the name of the file does not say it")
      ->check(CLI::IsMember({"json", "csv"}));
  command.final_callback([&path, &format] {
    if (path == "-" || kind_of_file(path, format)) return;
    throw CLI::ValidationError("file", "must end in .json or .csv, or say --format");
  });
}

std::string said_of_columns(const std::vector<std::string>& ignored) {
  std::string said;
  for (const std::string& each : ignored) said += (said.empty() ? "" : ", ") + each;
  return said.empty() ? said : "pastille: Columns that are not taken: " + said + ".\n";
}

std::expected<std::string, Outcome> read_file(const std::string& path) {
  std::string text;
  if (path == "-") {
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::ifstream in(path, std::ios::binary);
    std::error_code error;
    if (!in || std::filesystem::is_directory(path, error)) {
      return std::unexpected(failed("Cannot read " + path + ": " +
                                    (in ? "it is a directory" : std::strerror(errno)) + "."));
    }
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  constexpr std::size_t kMost = limits::kControlBytes / 2;  // room for what goes with it
  if (text.size() > kMost) {
    return std::unexpected(
        failed(path + " is larger than " + std::to_string(kMost / 1024 / 1024) + " MB."));
  }
  return text;
}

Outcome write_file(const std::string& path, Outcome outcome) {
  if (path == "-" || outcome.code != kDone) return outcome;
  const std::string beside = path + ".part";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << outcome.out << std::flush;
  std::error_code error;
  if (out) std::filesystem::rename(beside, path, error);
  if (!out || error) {
    const std::string why = error ? error.message() : std::strerror(errno);
    std::filesystem::remove(beside, error);
    return failed("Cannot write " + path + ": " + why + ".");
  }
  outcome.out = "Written to " + path + ".\n";
  return outcome;
}

}  // namespace pastille::cli
