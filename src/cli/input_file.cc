#include "cli/input_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "core/limits.h"

namespace pastille::cli {

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
