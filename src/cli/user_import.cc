// pastille user import: adds many people from a CSV file, all or nothing.
#include "cli/commands.h"
#include "cli/input_file.h"
#include "cli/one_time_link.h"
#include "wire/people_csv.h"

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
    auto rows = parse_people_csv(input, engine.unicode());
    if (!rows) return wrong(rows.error());
    ImportPeople command{.rows = *std::move(rows), .dry_run = dry_run_};
    std::vector<Link> links;
    for (ImportPeople::Row& row : command.rows) {
      if (!invitations_ || dry_run_) continue;
      links.push_back({.login = row.login, .secret = engine.secrets().make("")});
      row.invitation_secret = engine.secrets().hash(links.back().secret);
    }
    const auto added = engine.execute(std::move(command));
    if (!added) return wrong(added.error());
    if (!links.empty()) return written(engine, links);
    return {.out = summary(*added)};
  }

 private:
  struct Link {
    std::string login;
    ClearSecret secret;
  };

  Outcome wrong(const std::vector<LineFault>& faults) const {
    Outcome outcome = failed(file_ + " was not imported; nothing is changed.");
    for (const LineFault& each : faults) outcome.err += "  " + to_text(each) + "\n";
    return outcome;
  }
  Outcome wrong(const Refusal& refusal) const {
    return refusal.errors.empty() ? failed(refusal) : wrong(line_faults(refusal.errors));
  }

  std::string summary(const ImportPeople::Answer& added) const {
    std::string text = dry_run_ ? "Would add " : "Added ";
    text += std::to_string(added.people.size()) + " people";
    if (added.teams_made > 0) text += " and " + std::to_string(added.teams_made) + " teams";
    return text + (dry_run_ ? ". Nothing is changed.\n" : ".\n");
  }

  static Outcome written(const server::Engine& engine, const std::vector<Link>& links) {
    Outcome done;
    for (const auto& [login, secret] : links) {
      append_csv_line(done.out, {login, one_time_link(engine, secret)});
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
