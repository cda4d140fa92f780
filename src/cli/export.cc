// pastille export: the statuses as JSON or CSV.
#include "cli/commands.h"
#include "cli/input_file.h"
#include "wire/file_text.h"
#include "wire/statuses_file.h"

namespace pastille::cli {
namespace {

class Export final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command =
        *above.add_subcommand("export", "Writes the statuses into a JSON or CSV file");
    declare_statuses_file(command, file_, format_);
    place_.declare(command);
    command.footer(
        R"(A .csv begins with a mark, by which Excel knows UTF-8; standard output has none, and is JSON unless
--format says csv.

Examples:
  pastille export statuses.csv --data data
  pastille export - --data data | pastille import - --data other)");
    return command;
  }

  Outcome run(server::Engine& engine, const std::string&) override {
    const FileKind kind = kind_of_file(file_, format_).value_or(FileKind::kJson);
    std::string text = write_statuses(*engine.workspace().snapshot(), kind);
    // The next program in a pipe would take the mark for a part of the first name.
    if (file_ == "-" && text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
    return {.out = std::move(text)};
  }
  Outcome deliver(Outcome outcome) override { return write_file(file_, std::move(outcome)); }

 private:
  std::string file_;
  std::string format_;
};

}  // namespace

std::unique_ptr<Command> make_export() { return std::make_unique<Export>(); }

}  // namespace pastille::cli
