// pastille user import: brings many people in from a CSV file. Every row is tried first; when all
// are right they are written in pieces.
#include "cli/commands.h"
#include "cli/input_file.h"
#include "cli/link_address.h"
#include "core/limits.h"
#include "core/outside_text.h"
#include "wire/people_csv.h"
#include "wire/told_faults.h"

namespace pastille::cli {
namespace {

class UserImport final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "import", "Brings people in from a CSV file, when every line is right");
    command.add_option("file", file_, "The file; - is standard input")->required();
    command.add_flag("--update", update_,
                     "Changes who has the login already to what the file says; adds others");
    command.add_option("--role", role_, "The role of lines that name none");
    command.add_flag("--dry-run", dry_run_, "Says what would be done, and does nothing");
    command.add_flag("--invitations", invitations_,
                     "Prints login,link lines: one-time links to set a password, valid 24 h; with "
                     "--update, new ones for those who never signed in");
    address_.declare(command);
    place_.declare(command);
    command.footer(
        R"(The first line names the columns: login, display_name (or first_name and last_name), role, and where
wanted teams (separated by ';' inside the cell, made when missing), locale, time_zone, active. Excel's
"CSV UTF-8" is taken, with ',' or ';' between cells, as are the headers of common directories.

Examples:
  pastille user import people.csv --dry-run --data data
  pastille user import people.csv --role Agent --invitations --data data > links.csv
  pastille user list --data data | pastille user import - --update --data other)");
    return command;
  }

  std::expected<std::string, Outcome> read_input() override { return read_file(file_); }
  bool begins_a_directory() const override { return !dry_run_; }

  Outcome run(server::Engine& engine, const std::string& input) override {
    const auto mode = update_ ? ImportPeople::Mode::kUpdate : ImportPeople::Mode::kAdd;
    auto parsed = parse_people_csv(
        input, {.mode = mode, .role = role_, .rows_most = limits::kPeople}, engine.unicode());
    if (!parsed) return wrong(refusal_of(parsed.error()));
    ImportPeople command{
        .rows = std::move(parsed->rows), .mode = mode, .invite_again = invitations_};
    const auto tried = engine.try_out(command);
    if (!tried) return refused(tried.error());
    if (dry_run_) return reported(*parsed, {.out = report(*tried, *engine.workspace().snapshot())});
    std::vector<ClearSecret> secrets;  // one a row
    for (ImportPeople::Row& row : command.rows) {
      if (!invitations_) continue;
      secrets.push_back(engine.secrets().make(""));
      row.invitation_secret = engine.secrets().hash(secrets.back());
    }
    const auto done = engine.execute(std::move(command));
    if (!done) return broken_off(engine, done.error(), secrets);
    // Links go alone to standard output: it is a file for a mail merge.
    const std::string said = report(*done, *engine.workspace().snapshot());
    Outcome outcome;
    (secrets.empty() ? outcome.out : outcome.err) = said;
    if (!secrets.empty()) append_links(outcome, engine, secrets);
    return reported(*parsed, std::move(outcome));
  }

 private:
  static Outcome reported(const PeopleFile& file, Outcome outcome) {
    outcome.err += said_of_columns(file.ignored_columns);
    return outcome;
  }
  Outcome refused(const Refusal& refusal) const {
    return refusal.errors.empty() ? failed(refusal) : wrong(refusal);
  }

  Outcome wrong(const Refusal& refusal) const {
    Outcome outcome = failed(printable(file_) + " was not imported; nothing is changed.");
    outcome.err += told(refusal);
    return outcome;
  }

  // Who is changed and how, which teams are new, and how many of each.
  std::string report(const ImportPeople::Answer& done, const Organisation& organisation) const {
    std::string text;
    std::size_t added = 0;
    std::size_t changed = 0;
    for (std::size_t i = 0; i < done.steps.size(); ++i) {
      const ImportPeople::Step& step = done.steps[i];
      if (step.created) ++added;
      if (step.created || step.changes.empty()) continue;
      ++changed;
      text += "modify " + organisation.person(done.people[i])->login.text + ":";
      for (const FieldChange& each : step.changes) {
        text += " " + each.field + " " + each.before + " -> " + each.after + ";";
      }
      text.back() = '\n';
    }
    for (const std::string& each : done.new_teams) text += "new team " + each + "\n";
    const std::size_t same = done.steps.size() - added - changed;
    text += (dry_run_ ? "Would add " : "Added ") + std::to_string(added) + " people";
    if (done.teams_made > 0) text += " and " + std::to_string(done.teams_made) + " teams";
    if (update_) {
      text +=
          ", " + std::to_string(changed) + " changed, " + std::to_string(same) + " as they were";
    }
    return text + (dry_run_ ? ". Nothing is changed.\n" : ".\n");
  }

  // Some may have been written before; they stay, and have their links.
  Outcome broken_off(server::Engine& engine, const Refusal& refusal,
                     const std::vector<ClearSecret>& secrets) const {
    Outcome outcome = failed(refusal.detail);
    outcome.err += told(refusal);
    append_links(outcome, engine, secrets);
    return outcome;
  }

  // Links of those who are there.
  void append_links(Outcome& outcome, server::Engine& engine,
                    const std::vector<ClearSecret>& secrets) const {
    const auto organisation = engine.workspace().snapshot();
    for (const ClearSecret& secret : secrets) {
      const InvitationId* id = organisation->invitation_secrets.find(engine.secrets().hash(secret));
      if (id == nullptr) continue;
      const UserId user = (*organisation->invitations.find(*id))->user;
      append_csv_line(outcome.out,
                      {organisation->person(user)->login.text, address_.link(engine, secret)});
    }
    outcome.err += address_.advice(
        engine, "the same command with --update, for those who have not signed in by then");
  }

  std::string file_;
  std::string role_;
  LinkAddress address_;
  bool update_ = false;
  bool dry_run_ = false;
  bool invitations_ = false;
};

}  // namespace

std::unique_ptr<Command> make_user_import() { return std::make_unique<UserImport>(); }

}  // namespace pastille::cli
