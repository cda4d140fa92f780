// pastille export: the statuses as JSON or CSV.
#include "cli/commands.h"
#include "cli/input_file.h"
#include "wire/statuses_file.h"

namespace pastille::cli {
namespace {

class Export final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command =
        *above.add_subcommand("export", "Writes the statuses into a JSON or CSV file");
    command.add_option("file", file_, "Ends in .json or .csv")
        ->required()
        ->check([](const std::string& path) {
          return file_kind(path) ? std::string() : "The file's name must end in .json or .csv.";
        });
    place_.declare(command);
    command.footer("Example:\n  pastille export statuses.csv --data data");
    return command;
  }

  Outcome run(server::Engine& engine, const std::string&) override {
    return {.out = write_statuses(*engine.workspace().snapshot(), *file_kind(file_))};
  }
  Outcome deliver(Outcome outcome) override { return write_file(file_, std::move(outcome)); }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_export() { return std::make_unique<Export>(); }

}  // namespace pastille::cli
