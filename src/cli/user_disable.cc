// pastille user disable: someone has left. Signs them out everywhere; their account stays.
#include "app/modify_person.h"
#include "cli/commands.h"
#include "cli/people_by_name.h"

namespace pastille::cli {
namespace {

class UserDisable final : public OrganisationCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "disable", "Someone has left: signs them out everywhere and lets them in no more");
    command.add_option("login", login_, "Who")->required();
    place_.declare(command);
    command.footer("Example:\n  pastille user disable ana --data data");
    return command;
  }

  Outcome run(server::Engine& engine, const std::string&) override {
    const auto user = person_with_login(*engine.workspace().snapshot(), login_, engine.unicode());
    if (!user) return failed(user.error());
    const auto done = engine.execute(
        ModifyPerson{.user = *user, .expected_version = {}, .patch = {.active = false}});
    if (!done) return failed(done.error());
    return {.out = login_ + " is disabled.\n"};
  }

 private:
  std::string login_;
};

}  // namespace

std::unique_ptr<Command> make_user_disable() { return std::make_unique<UserDisable>(); }

}  // namespace pastille::cli
