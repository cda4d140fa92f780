// pastille restore: puts a backup in place. Not beside a running server.
#include "cli/commands.h"
#include "sqlite/backup.h"

namespace pastille::cli {
namespace {

class Restore final : public LocalCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "restore", "Puts a backup in place of what the directory holds; stop the server first");
    command.add_option("file", file_, "A file that pastille backup has written")->required();
    place_.declare(command);
    command.footer(
        R"(The file is checked first. What the directory held before, whatever state it is in, stays in it as
pastille.db.before-restore-1, or with the next free number.

Example:
  pastille restore pastille-monday.backup --data data)");
    return command;
  }

  Outcome run() override {
    const auto directory = place_.directory();
    if (!directory) return failed(directory.error(), kWrongUse);
    const auto kept = restore(std::filesystem::absolute(file_), *directory);
    std::string said = "'" + directory->string() + "' holds what " + file_ + " holds.\n";
    if (kept) said += "What it held before is in '" + kept->string() + "'.\n";
    return {.out = std::move(said)};
  }

 private:
  Place place_;
  std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_restore() { return std::make_unique<Restore>(); }

}  // namespace pastille::cli
