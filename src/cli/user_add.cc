// pastille user add: adds one person.
#include "app/create_person.h"
#include "app/create_team.h"
#include "cli/commands.h"
#include "cli/link_address.h"
#include "cli/password_input.h"
#include "cli/people_by_name.h"
#include "core/password_rule.h"
#include "wire/separated.h"

namespace pastille::cli {
namespace {

class UserAdd final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand("add", "Adds a person");
    command.add_option("login", login_, "What the person signs in with")->required();
    command.add_option("--name", name_, "The name that others see")->required();
    command.add_option("--role", role_, "The name of a role: Administrator, Agent, ...")
        ->required();
    command.add_option("--teams", teams_, "Names of teams separated by ';', made when missing");
    command.add_option("--locale", locale_, "Language, as fr or pt-BR");
    command.add_option("--time-zone", time_zone_, "As Europe/Paris");
    command.add_flag("--password-stdin", password_, "Takes the password from standard input");
    address_.declare(command);
    place_.declare(command);
    command.footer(
        R"(Without --password-stdin, a one-time link is printed, with which the person sets a password.

Examples:
  echo 'correct horse battery' | pastille user add ana --name "Ana Sanz" \
      --role Administrator --password-stdin --data data
  pastille user add li --name "李娜" --role Agent --teams "North;Evening" --data data)");
    return command;
  }

  std::expected<std::string, Outcome> read_input() override {
    return password_ ? read_new_password(true) : std::string();
  }
  bool begins_a_directory() const override { return true; }

  Outcome run(server::Engine& engine, const std::string& input) override {
    const Unicode& unicode = engine.unicode();
    const auto role = role_with_name(*engine.workspace().snapshot(), role_, unicode);
    if (!role) return failed(role.error());
    std::string hash;
    if (password_) {
      auto password = parse_new_password(input, login_, "/password", unicode);
      if (!password) return failed(password.error());
      auto hashed = engine.hash_password(*std::move(password));
      if (!hashed) return failed(hashed.error());
      hash = *std::move(hashed);
    }
    return add(engine, *role, std::move(hash));
  }

 private:
  // The person and the teams that are missing, together or not at all.
  struct AddPerson {
    CreatePerson person;
    std::vector<std::string> teams;
    using Answer = CreatePerson::Answer;

    Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const {
      CreatePerson command = person;
      command.fields.teams.emplace();
      for (const std::string& name : teams) {
        const auto label = parse_team_name(name, context.unicode);
        if (!label) return std::unexpected(label.error());
        const TeamId* there = draft.now().team_names.find(label->folded);
        const auto team =
            there != nullptr ? Result<TeamId>(*there) : add_team(draft, who, context, *label);
        if (!team) return std::unexpected(team.error());
        command.fields.teams->push_back(*team);
      }
      return command.decide(draft, who, context);
    }
  };

  Outcome add(server::Engine& engine, RoleId role, std::string hash) {
    AddPerson command{.person = {.fields = {.login = login_, .display_name = name_, .role = role},
                                 .password_hash = std::move(hash)},
                      .teams = split_at_semicolons(teams_)};
    if (!locale_.empty()) command.person.fields.locale = locale_;
    if (!time_zone_.empty()) command.person.fields.time_zone = time_zone_;
    const ClearSecret secret = engine.secrets().make("");
    if (!password_) command.person.invitation_secret = engine.secrets().hash(secret);
    const auto added = engine.execute(std::move(command));
    if (!added) return failed(added.error());
    Outcome done{.out = "Added " + login_ + ".\n"};
    if (!password_) {
      done.out +=
          "To set a password (valid 24 h, works once): " + address_.link(engine, secret) + "\n";
      done.err = address_.advice(engine, "in the Maker, under Users");
    }
    return done;
  }

  std::string login_, name_, role_, teams_, locale_, time_zone_;
  LinkAddress address_;
  bool password_ = false;
};

}  // namespace

std::unique_ptr<Command> make_user_add() { return std::make_unique<UserAdd>(); }

}  // namespace pastille::cli
