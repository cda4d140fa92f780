// pastille token add: tokens for programs, for one person, several, or everyone.
#include "app/tokens.h"
#include "cli/commands.h"
#include "cli/people_by_name.h"

namespace pastille::cli {
namespace {

class TokenAdd final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command =
        *above.add_subcommand("add", "Makes tokens with which programs act for a person");
    auto* logins = command.add_option("login", logins_, "Whose; several give login,token lines");
    auto* all = command.add_flag("--all", all_, "For everyone who is active");
    logins->excludes(all);
    command.add_option("--scope", scope_, "read: the board; status: that, and their own status")
        ->required()
        ->check(CLI::IsMember({"read", "status"}));
    command.add_option("--name", name_, "What the token is for")->required();
    place_.declare(command);
    command.footer(R"(A token is shown once, and valid for a year.

Examples:
  pastille token add ana --scope status --name "Desk phone" --data data
  pastille token add --all --scope read --name "Wallboard" --data data > tokens.csv)");
    return command;
  }

  std::expected<std::string, Outcome> read_input() override {
    if (logins_.empty() && !all_) {
      return std::unexpected(
          failed("Say whose token it is: a login, several, or --all.", kWrongUse));
    }
    return std::string();
  }

  Outcome run(server::Engine& engine, const std::string&) override {
    const auto organisation = engine.workspace().snapshot();
    const auto owners = find_owners(*organisation, engine.unicode());
    if (!owners) return failed(owners.error());
    AddTokens command{.scope = scope_ == "status" ? Scope::kStatus : Scope::kRead, .name = name_};
    std::vector<ClearSecret> secrets;
    for (const UserId owner : *owners) {
      secrets.push_back(engine.secrets().make("pst_"));
      command.tokens.emplace_back(owner, engine.secrets().hash(secrets.back()));
    }
    const auto added = engine.execute(std::move(command));
    if (!added) return failed(added.error());
    Outcome done;
    for (std::size_t i = 0; i < secrets.size(); ++i) {
      const std::string& login = organisation->person((*owners)[i])->login.text;
      done.out += (all_ || logins_.size() > 1 ? login + "," : "") + secrets[i].reveal() + "\n";
    }
    return done;
  }

 private:
  // All of them, or none.
  struct AddTokens {
    Scope scope;
    std::string name;
    std::vector<std::pair<UserId, SecretHash>> tokens = {};
    struct Answer {};

    Result<Answer> decide(Draft& draft, const Acting& who, const Context& context) const {
      for (const auto& [owner, secret] : tokens) {
        const CreateToken one{.owner = owner, .name = name, .scope = scope, .secret = secret};
        if (auto made = one.decide(draft, who, context); !made) {
          return std::unexpected(std::move(made.error()));
        }
      }
      return Answer{};
    }
  };

  Result<std::vector<UserId>> find_owners(const Organisation& organisation,
                                          const Unicode& unicode) const {
    std::vector<UserId> owners;
    if (all_) {
      organisation.people.for_each([&](UserId user, const Box<Person>& person) {
        if (person->active && !person->erased) owners.push_back(user);
      });
    }
    for (const std::string& each : logins_) {
      const auto owner = person_with_login(organisation, each, unicode);
      if (!owner) return std::unexpected(owner.error());
      owners.push_back(*owner);
    }
    return owners;
  }

  std::vector<std::string> logins_;
  bool all_ = false;
  std::string scope_;
  std::string name_;
};

}  // namespace

std::unique_ptr<Command> make_token_add() { return std::make_unique<TokenAdd>(); }

}  // namespace pastille::cli
