// pastille user list: everyone, as CSV: what user import takes, and whether they are active.
#include "app/people_query.h"
#include "cli/commands.h"
#include "wire/csv.h"
#include "wire/separated.h"

namespace pastille::cli {
namespace {

class UserList final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "list", "Prints everyone as CSV: login, name, role, teams, language, time zone, active");
    place_.declare(command);
    command.footer("Example:\n  pastille user list --data data > people.csv");
    return command;
  }

  Outcome run(server::Engine& engine, const std::string&) override {
    const auto organisation = engine.workspace().snapshot();
    Outcome done;
    append_csv_line(done.out,
                    {"login", "display_name", "role", "teams", "locale", "time_zone", "active"});
    for (const auto& row : order_people(*organisation, "en", engine.unicode(), nullptr).rows) {
      append(done.out, *organisation->person(row.user), *organisation);
    }
    return done;
  }

 private:
  static void append(std::string& out, const Person& person, const Organisation& organisation) {
    std::vector<std::string> teams;
    teams.reserve(person.teams.size());
    for (const TeamId each : person.teams) {
      teams.push_back(neutral(organisation.team(each)->name.text));
    }
    append_csv_line(
        out, {neutral(person.login.text), neutral(person.display_name.text),
              neutral(organisation.role(person.role)->name.text), join_with_semicolons(teams),
              person.locale, person.time_zone, person.active ? "yes" : "no"});
  }
};

}  // namespace

std::unique_ptr<Command> make_user_list() { return std::make_unique<UserList>(); }

}  // namespace pastille::cli
