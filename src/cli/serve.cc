// pastille serve: runs the server until it is told to stop.
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/settings_input.h"
#include "server/server.h"

namespace pastille::cli {
namespace {

class Serve final : public LocalCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand("serve", "Runs the server");
    settings_.declare(command);
    command.footer(R"(Examples:
  pastille serve --data data
  pastille serve --database postgres://pastille@db.example.org/pastille --data /run/pastille
  pastille serve --data /var/lib/pastille --config /etc/pastille.toml
  PASTILLE_LISTEN=0.0.0.0:8080 pastille serve --data data

A flag wins over the environment, that over the file, that over what is shown in brackets.
pastille check-config says what is wrong with them, and starts nothing.)");
    return command;
  }

  Outcome run() override {
    const auto config = settings_.read();
    if (!config) return failed(config.error(), kWrongUse);
    server::serve(*config, run_for_another);
    return {};
  }

 private:
  SettingsInput settings_;
};

}  // namespace

std::unique_ptr<Command> make_serve() { return std::make_unique<Serve>(); }

}  // namespace pastille::cli
