// pastille check-config: says whether a server would take its settings, and starts none.
#include "cli/commands.h"
#include "cli/settings_input.h"
#include "server/named_files.h"

namespace pastille::cli {
namespace {

class CheckConfig final : public LocalCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand(
        "check-config", "Says what is wrong with the settings of a server; starts nothing");
    settings_.declare(command);
    command.footer(R"(Takes what pastille serve takes, and looks at the files that settings name.

Example:
  pastille check-config --config /etc/pastille/pastille.toml)");
    return command;
  }

  Outcome run() override {
    const auto config = settings_.read();
    if (!config) return failed(config.error(), kWrongUse);
    if (const auto fault = server::fault_of_certificate(*config)) return failed(*fault, kWrongUse);
    Outcome good{.out = "The settings are good: listens on " + to_text(config->listen) + ".\n"};
    for (const std::string& each : config->warnings) good.err += "pastille: " + each + "\n";
    return good;
  }

 private:
  SettingsInput settings_;
};

}  // namespace

std::unique_ptr<Command> make_check_config() { return std::make_unique<CheckConfig>(); }

}  // namespace pastille::cli
