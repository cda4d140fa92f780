// The command line: finds the command, runs it, and says how it went. Exit codes: 0 done, 1 failed,
// 2 wrong use.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "server/control_frames.h"

namespace pastille::cli {

class CommandLine {
 public:
  CommandLine();
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // The command that was meant, of this object; else help, the version, or what is wrong. `args`:
  // without the program's name. Once an object.
  std::expected<Command*, Outcome> parse(const std::vector<std::string>& args);

 private:
  void declare(CLI::App& above, std::unique_ptr<Command> command);

  CLI::App app_;
  std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> commands_;
};

// The whole program but main(): writes to standard output and standard error.
int run_command_line(const std::vector<std::string>& args);

// In a server: runs what came through its control socket, as {input, args...}; the answer is
// {code, out, err}.
server::Texts run_for_another(server::Engine& engine, const server::Texts& request);

}  // namespace pastille::cli
