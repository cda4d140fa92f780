// The settings of a server as they are typed for `serve` and `check-config`: flags, --config, and
// the environment.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <map>
#include <string>

#include "server/config.h"

namespace pastille::cli {

class SettingsInput {
 public:
  void declare(CLI::App& command);
  // With the data directory found; else what is wrong, a line each.
  std::expected<server::Config, std::string> read() const;

 private:
  server::ConfigSources sources() const;

  std::map<std::string, std::string> flags_;  // by key
  std::string file_;
};

}  // namespace pastille::cli
