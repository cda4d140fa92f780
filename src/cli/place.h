// Where an organisation is kept, as given with --data or --database.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <filesystem>
#include <string>

#include "server/storage.h"

namespace pastille::cli {

// What to do instead where Pastille leaves PostgreSQL to its own tools.
inline constexpr const char* kOfPostgres =
    "PostgreSQL has its own tools: pg_dump and pg_restore, or its continuous archiving. See "
    "docs/operations/postgresql.md.";

struct Place {
  std::string data;
  std::string database;

  void declare(CLI::App& command);
  // Else what to write instead (wrong use).
  std::expected<server::Whereabouts, std::string> where() const;
  // For what is only done to an embedded database.
  std::expected<std::filesystem::path, std::string> directory() const;
};

}  // namespace pastille::cli
