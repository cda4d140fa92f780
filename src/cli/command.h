// One command of the command line, and what comes out of it. A command declares its options once;
// the same parsing runs where the person typed it and, for commands on an organisation, in the
// server that holds the directory. One implementation, wherever it runs.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "cli/place.h"
#include "core/refusal.h"
#include "server/engine.h"

namespace pastille::cli {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUse = 2;

struct Outcome {
  int code = kDone;
  std::string out;  // for standard output
  std::string err;  // for standard error
};

// "pastille: DETAIL", then every fault of the input on a line of its own.
Outcome failed(std::string_view detail, int code = kFailed);
Outcome failed(const Refusal& refusal);

class Command {
 public:
  virtual ~Command() = default;
  // Adds itself with its options below `above`.
  virtual CLI::App& declare(CLI::App& above) = 0;
};

// Runs on the machine where it was typed, whatever runs there.
class LocalCommand : public Command {
 public:
  virtual Outcome run() = 0;
};

// Runs on an organisation: in the server that holds its directory, else in this process.
class OrganisationCommand : public Command {
 public:
  // What needs no organisation that is opened, and is done where it was typed; nullopt: the command
  // goes on.
  virtual std::optional<Outcome> run_alone() { return std::nullopt; }
  // What it takes from the person who typed it: standard input, a file. Runs there.
  virtual std::expected<std::string, Outcome> read_input() { return std::string(); }
  // Whether it may be the first to use a directory.
  virtual bool begins_a_directory() const { return false; }
  virtual Outcome run(server::Engine& engine, const std::string& input) = 0;
  // Where it was typed again: what becomes of its output.
  virtual Outcome deliver(Outcome outcome) { return outcome; }

  const Place& place() const { return place_; }

 protected:
  Place place_;
};

}  // namespace pastille::cli
