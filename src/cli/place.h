// Where an organisation is kept, as given with --data or --database.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <filesystem>
#include <string>

namespace pastille::cli {

struct Place {
  std::string data;
  std::string database;

  void declare(CLI::App& command);
  // The data directory, absolute; else what to write instead (wrong use).
  std::expected<std::filesystem::path, std::string> directory() const;
};

// The directory that a --database URL stands for: sqlite:DIR. Others are refused.
std::expected<std::filesystem::path, std::string> directory_of(const std::string& database);

}  // namespace pastille::cli
