// pastille import: brings statuses in from JSON or CSV, all or nothing.
#include "app/import_statuses.h"
#include "cli/commands.h"
#include "cli/input_file.h"
#include "wire/body.h"
#include "wire/statuses_file.h"

namespace pastille::cli {
namespace {

class Import final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "import", "Brings statuses in from a JSON or CSV file, all or nothing");
    command.add_option("file", file_, "Ends in .json or .csv")
        ->required()
        ->check([](const std::string& path) {
          return file_kind(path) ? std::string() : "The file's name must end in .json or .csv.";
        });
    command.add_flag("--dry-run", dry_run_, "Says what would change, and changes nothing");
    place_.declare(command);
    command.footer(
        R"(A status of the same name is modified, another is created; others stay as they are.

Examples:
  pastille import statuses.csv --dry-run --data data
  pastille import statuses.csv --data data)");
    return command;
  }

  std::expected<std::string, Outcome> read_input() override { return read_file(file_); }
  bool begins_a_directory() const override { return !dry_run_; }

  Outcome run(server::Engine& engine, const std::string& input) override {
    auto rows = read(input, engine.unicode());
    if (!rows) return wrong(rows.error());
    const auto done = engine.execute(ImportStatuses{.rows = *std::move(rows), .dry_run = dry_run_});
    if (done) return {.out = report(*done)};
    return done.error().errors.empty() ? failed(done.error()) : wrong(done.error());
  }

 private:
  Result<std::vector<ImportStatuses::Row>> read(const std::string& input,
                                                const Unicode& unicode) const {
    std::vector<FieldError> faults;
    std::vector<ImportStatuses::Row> rows;
    if (*file_kind(file_) == FileKind::kCsv) {
      rows = statuses_from_csv(input, unicode, faults);
    } else {
      const auto body = parse_json(input);
      if (!body) return std::unexpected(body.error());
      rows = statuses_from_json(*body, faults);
    }
    if (faults.empty()) return rows;
    return std::unexpected(Refusal{.problem = Problem::kInvalid,
                                   .detail = faults.front().detail,
                                   .errors = std::move(faults)});
  }

  Outcome wrong(const Refusal& refusal) const {
    Outcome outcome = failed(file_ + " was not imported; nothing is changed.");
    if (refusal.errors.empty()) outcome.err += "  " + refusal.detail + "\n";
    for (const FieldError& each : refusal.errors) {
      outcome.err += "  " + (each.pointer.empty() ? "" : each.pointer + ": ") + each.detail + "\n";
    }
    return outcome;
  }

  std::string report(const ImportStatuses::Answer& answer) const {
    std::string out;
    std::size_t created = 0;
    std::size_t modified = 0;
    for (const ImportStatuses::Step& each : answer.steps) {
      if (each.created) {
        ++created;
        out += "create " + each.name + "\n";
      } else if (!each.changes.empty()) {
        ++modified;
        out += "modify " + each.name + ":";
        for (const FieldChange& change : each.changes) out += " " + change.field;
        out += "\n";
      }
    }
    const std::size_t same = answer.steps.size() - created - modified;
    return out + std::to_string(created) + " created, " + std::to_string(modified) + " modified, " +
           std::to_string(same) + " as they were." +
           (dry_run_ ? " This was a dry run: nothing is changed.\n" : "\n");
  }

  std::string file_;
  bool dry_run_ = false;
};

}  // namespace

std::unique_ptr<Command> make_import() { return std::make_unique<Import>(); }

}  // namespace pastille::cli
