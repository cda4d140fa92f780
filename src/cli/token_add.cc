// pastille token add: tokens for programs, for one person, several, or everyone. All are tried
// first; when all can be made they are made in pieces.
#include "app/add_tokens.h"
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
    AddTokens command{
        .name = name_, .scope = scope_ == "status" ? Scope::kStatus : Scope::kRead, .tokens = {}};
    std::vector<ClearSecret> secrets;
    for (const UserId owner : *owners) {
      secrets.push_back(engine.secrets().make("pst_"));
      command.tokens.emplace_back(owner, engine.secrets().hash(secrets.back()));
    }
    if (const auto tried = engine.try_out(command); !tried) return failed(tried.error());
    const auto added = engine.execute(std::move(command));
    Outcome done = added ? Outcome() : failed(added.error());
    append_tokens(done, engine, secrets);
    return done;
  }

 private:
  // Those that are there: all, or as many as were made before it was broken off.
  void append_tokens(Outcome& outcome, server::Engine& engine,
                     const std::vector<ClearSecret>& secrets) const {
    const auto organisation = engine.workspace().snapshot();
    for (const ClearSecret& secret : secrets) {
      const TokenId* id = organisation->token_secrets.find(engine.secrets().hash(secret));
      if (id == nullptr) continue;
      const UserId owner = organisation->token(*id)->user;
      if (all_ || logins_.size() > 1) outcome.out += organisation->person(owner)->login.text + ",";
      outcome.out += secret.reveal() + "\n";
    }
  }

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
