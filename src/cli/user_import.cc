// pastille user import: adds many people from a CSV file. Every row is tried first; when all are
// right they are written in pieces.
#include "cli/commands.h"
#include "cli/input_file.h"
#include "wire/people_csv.h"

namespace pastille::cli {
namespace {

class UserImport final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command =
        *above.add_subcommand("import", "Adds people from a CSV file, when every line is right");
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
    ImportPeople command{.rows = *std::move(rows)};
    const auto tried = engine.try_out(command);
    if (!tried) return wrong(tried.error());
    if (dry_run_) return {.out = summary(*tried)};
    std::vector<Link> links;
    for (ImportPeople::Row& row : command.rows) {
      if (!invitations_) continue;
      links.push_back({.login = row.login, .secret = engine.secrets().make("")});
      row.invitation_secret = engine.secrets().hash(links.back().secret);
    }
    const auto added = engine.execute(std::move(command));
    if (!added) return broken_off(engine, added.error(), links);
    if (!links.empty()) return {.out = written(engine, links)};
    return {.out = summary(*added)};
  }

 private:
  struct Link {
    std::string login;
    std::string secret;
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

  // Some may have been added before; they stay, and have their links.
  static Outcome broken_off(server::Engine& engine, const Refusal& refusal,
                            const std::vector<Link>& links) {
    Outcome outcome = failed(refusal.detail);
    for (const LineFault& each : line_faults(refusal.errors)) {
      outcome.err += "  " + to_text(each) + "\n";
    }
    outcome.out = written(engine, links);
    return outcome;
  }

  // Links of those who are there.
  static std::string written(server::Engine& engine, const std::vector<Link>& links) {
    const auto now = engine.workspace().snapshot();
    std::string out;
    for (const auto& [login, secret] : links) {
      if (!now->invitation_secrets.contains(engine.secrets().hash(secret))) continue;
      append_csv_line(out, {login, engine.address() + "/?invitation=" + secret});
    }
    return out;
  }

  std::string file_;
  bool dry_run_ = false;
  bool invitations_ = false;
};

}  // namespace

std::unique_ptr<Command> make_user_import() { return std::make_unique<UserImport>(); }

}  // namespace pastille::cli
