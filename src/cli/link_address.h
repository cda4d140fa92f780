// Where a one-time link leads: the address that the running server knows, else --url. A link is
// shown once, to who types the command, and kept nowhere.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/command.h"
#include "core/clear_secret.h"

namespace pastille::cli {

class LinkAddress {
 public:
  void declare(CLI::App& command);
  std::string link(const server::Engine& engine, const ClearSecret& secret) const;
  // What to say beside links: how long they hold, and, when no address is known, to put it before
  // them. Lines for standard error.
  std::string advice(const server::Engine& engine, const std::string& again) const;

 private:
  std::string address(const server::Engine& engine) const;
  std::string url_;
};

}  // namespace pastille::cli
