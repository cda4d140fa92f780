// pastille user import: adds many people from a CSV file, all or nothing.
#include "app/import_people.h"
#include "cli/commands.h"
#include "cli/csv.h"
#include "cli/input_file.h"
#include "cli/separated.h"
#include "core/limits.h"

namespace pastille::cli {
namespace {

class UserImport final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command =
        *above.add_subcommand("import", "Adds people from a CSV file, all or nothing");
    command.add_option("file", file_, "The file; - is standard input")->required();
    command.add_flag("--dry-run", dry_run_, "Says what would be done, and does nothing");
    command.add_flag("--invitations", invitations_,
                     "Prints login,link lines: one-time links to set a password, valid 24 h");
    place_.declare(command);
    command.footer(
        R"(The first line names the columns: login, display_name, role, and where wanted teams (separated
by ';', made when missing), locale, time_zone.

Examples:
  pastille user import people.csv --dry-run --data data
  pastille user import people.csv --invitations --data data > links.csv)");
    return command;
  }

  std::expected<std::string, Outcome> read_input() override { return read_file(file_); }
  bool begins_a_directory() const override { return !dry_run_; }

  Outcome run(server::Engine& engine, const std::string& input) override {
    auto table = parse_csv(input,
                           {.required = {"login", "display_name", "role"},
                            .optional = {"teams", "locale", "time_zone"},
                            .rows_most = limits::kPeople},
                           engine.unicode());
    if (!table) return wrong(table.error());
    ImportPeople command{.dry_run = dry_run_};
    std::vector<std::string> secrets;
    for (const CsvRow& row : table->rows) {
      command.rows.push_back(row_of(row));
      if (!invitations_ || dry_run_) continue;
      secrets.push_back(engine.secrets().make(""));
      command.rows.back().invitation_secret = engine.secrets().hash(secrets.back());
    }
    const auto added = engine.execute(std::move(command));
    if (!added) return wrong(added.error());
    if (!secrets.empty()) return links(engine, *table, secrets);
    return {.out = summary(*added)};
  }

 private:
  static ImportPeople::Row row_of(const CsvRow& row) {
    ImportPeople::Row person{.line = row.line,
                             .login = natural(row.at("login")),
                             .display_name = natural(row.at("display_name")),
                             .role = natural(row.at("role")),
                             .locale = row.at("locale"),
                             .time_zone = row.at("time_zone")};
    for (const std::string& each : split_at_semicolons(row.at("teams"))) {
      person.teams.push_back(natural(each));
    }
    return person;
  }

  Outcome wrong(const std::vector<std::string>& faults) const {
    Outcome outcome = failed(file_ + " was not imported; nothing is changed.");
    for (const std::string& each : faults) outcome.err += "  " + each + "\n";
    return outcome;
  }
  Outcome wrong(const Refusal& refusal) const {
    if (refusal.errors.empty()) return failed(refusal);
    std::vector<std::string> faults;
    faults.reserve(refusal.errors.size());
    for (const FieldError& each : refusal.errors) {
      faults.push_back(each.pointer + ": " + each.detail);
    }
    return wrong(faults);
  }

  std::string summary(const ImportPeople::Answer& added) const {
    std::string text = dry_run_ ? "Would add " : "Added ";
    text += std::to_string(added.people.size()) + " people";
    if (added.teams_made > 0) text += " and " + std::to_string(added.teams_made) + " teams";
    return text + (dry_run_ ? ". Nothing is changed.\n" : ".\n");
  }

  static Outcome links(const server::Engine& engine, const CsvTable& table,
                       const std::vector<std::string>& secrets) {
    Outcome done;
    for (std::size_t i = 0; i < secrets.size(); ++i) {
      append_csv_line(done.out, {natural(table.rows[i].at("login")),
                                 engine.address() + "/?invitation=" + secrets[i]});
    }
    return done;
  }

  std::string file_;
  bool dry_run_ = false;
  bool invitations_ = false;
};

}  // namespace

std::unique_ptr<Command> make_user_import() { return std::make_unique<UserImport>(); }

}  // namespace pastille::cli
