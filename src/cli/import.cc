// pastille import: brings statuses in from JSON or CSV, all or nothing.
#include "app/import_statuses.h"
#include "cli/commands.h"
#include "cli/input_file.h"
#include "core/outside_text.h"
#include "wire/body.h"
#include "wire/file_text.h"
#include "wire/statuses_file.h"
#include "wire/told_faults.h"

namespace pastille::cli {
namespace {

class Import final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "import", "Brings statuses in from a JSON or CSV file, all or nothing");
    declare_statuses_file(command, file_, format_);
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
    auto file = read(input, engine.unicode());
    if (!file) return wrong(file.error());
    const auto done =
        engine.execute(ImportStatuses{.rows = std::move(file->rows), .dry_run = dry_run_});
    if (done) return {.out = report(*done), .err = said_of_columns(file->ignored_columns)};
    return done.error().errors.empty() ? failed(done.error()) : wrong(done.error());
  }

 private:
  Result<StatusesFile> read(const std::string& input, const Unicode& unicode) const {
    FieldFaults faults;
    StatusesFile file;
    if (kind(input) == FileKind::kCsv) {
      file = statuses_from_csv(input, unicode, faults);
    } else {
      const auto text = file_text(input);  // a shell of Windows writes UTF-16
      if (!text) return std::unexpected(refusal_of(LineFaults(text.error())));
      const auto body = parse_json(*text);
      if (!body) return std::unexpected(body.error());
      file = statuses_from_json(*body, faults);
    }
    if (faults.none()) return file;
    return std::unexpected(refusal_of(faults));
  }

  // What neither the name nor --format says, the first character does: JSON begins with '{'.
  FileKind kind(const std::string& input) const {
    if (const auto said = kind_of_file(file_, format_)) return *said;
    const auto text = file_text(input);
    const std::size_t first = text ? text->find_first_not_of(" \t\r\n") : std::string::npos;
    return first != std::string::npos && (*text)[first] == '{' ? FileKind::kJson : FileKind::kCsv;
  }

  Outcome wrong(const Refusal& refusal) const {
    Outcome outcome = failed(printable(file_) + " was not imported; nothing is changed.");
    if (refusal.errors.empty()) outcome.err += "  " + printable(refusal.detail) + "\n";
    outcome.err += told(refusal);
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
    for (const std::string& each : answer.new_tags) out += "new tag " + each + "\n";
    const std::size_t same = answer.steps.size() - created - modified;
    return out + std::to_string(created) + " created, " + std::to_string(modified) + " modified, " +
           std::to_string(same) + " as they were." +
           (dry_run_ ? " This was a dry run: nothing is changed.\n" : "\n");
  }

  std::string file_;
  std::string format_;
  bool dry_run_ = false;
};

}  // namespace

std::unique_ptr<Command> make_import() { return std::make_unique<Import>(); }

}  // namespace pastille::cli
