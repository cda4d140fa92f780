// pastille user passwd: gives a person a new password, and signs them out everywhere.
#include "app/password.h"
#include "cli/commands.h"
#include "cli/password_input.h"
#include "cli/people_by_name.h"
#include "core/password_rule.h"

namespace pastille::cli {
namespace {

class UserPasswd final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command =
        *above.add_subcommand("passwd", "Gives a person a new password; signs them out everywhere");
    command.add_option("login", login_, "Whose")->required();
    command.add_flag("--password-stdin", from_input_, "Takes the password from standard input");
    place_.declare(command);
    command.footer(R"(Examples:
  pastille user passwd ana --data data
  echo 'correct horse battery' | pastille user passwd ana --password-stdin --data data)");
    return command;
  }

  std::expected<std::string, Outcome> read_input() override {
    return read_new_password(from_input_);
  }

  Outcome run(server::Engine& engine, const std::string& input) override {
    const auto user = person_with_login(*engine.workspace().snapshot(), login_, engine.unicode());
    if (!user) return failed(user.error());
    auto password = parse_new_password(input, login_, "/password", engine.unicode());
    if (!password) return failed(password.error());
    auto hash = engine.hash_password(*std::move(password));
    if (!hash) return failed(hash.error());
    const auto done = engine.execute(SetPassword{.user = *user, .new_hash = *std::move(hash)});
    if (!done) return failed(done.error());
    return {.out = "The password of " + login_ + " is changed.\n"};
  }

 private:
  std::string login_;
  bool from_input_ = false;
};

}  // namespace

std::unique_ptr<Command> make_user_passwd() { return std::make_unique<UserPasswd>(); }

}  // namespace pastille::cli
