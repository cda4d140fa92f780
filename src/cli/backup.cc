// pastille backup: a consistent copy of everything in one file, also while the server works.
#include "sqlite/backup.h"

#include "cli/commands.h"

namespace pastille::cli {
namespace {

class Backup final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "backup", "Copies everything into one file, also while the server works");
    command.add_option("file", file_, "The new file")->required();
    place_.declare(command);
    command.footer("Example:\n  pastille backup pastille-monday.backup --data data");
    return command;
  }

  // The server has another working directory.
  std::expected<std::string, Outcome> read_input() override {
    return std::filesystem::absolute(file_).string();
  }

  Outcome run(server::Engine& engine, const std::string& input) override {
    if (!engine.where().embedded()) return failed(kOfPostgres, kWrongUse);
    back_up(engine.where().directory, input);
    return {.out = "Everything is copied to " + input + ".\n"};
  }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_backup() { return std::make_unique<Backup>(); }

}  // namespace pastille::cli
