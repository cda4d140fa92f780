// pastille serve: runs the server until it is told to stop.
#include <cstdlib>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "server/config.h"
#include "server/server.h"

namespace pastille::cli {
namespace {

class Serve final : public LocalCommand {
 public:
  CLI::App& declare(CLI::App& above) override {
    CLI::App& command = *above.add_subcommand("serve", "Runs the server");
    for (const server::Setting& each : server::all_settings()) {
      std::string meaning(each.meaning);
      if (!each.fallback.empty()) meaning += " (" + std::string(each.fallback) + ")";
      command.add_option(server::flag_name(each.key), flags_[std::string(each.key)], meaning);
    }
    command.add_option("--config", file_, "A file with settings (TOML)")->type_name("FILE");
    command.footer(R"(Examples:
  pastille serve --data data
  pastille serve --database postgres://pastille@db.example.org/pastille --data /run/pastille
  pastille serve --data /var/lib/pastille --config /etc/pastille.toml
  PASTILLE_LISTEN=0.0.0.0:8080 pastille serve --data data

A flag wins over the environment, that over the file, that over what is shown in brackets.)");
    return command;
  }

  Outcome run() override {
    const auto config = read_config(sources());
    if (!config) return failed(config.error(), kWrongUse);
    server::serve(*config, run_for_another);
    return {};
  }

 private:
  server::ConfigSources sources() const {
    server::ConfigSources sources;
    for (const auto& [key, text] : flags_) {
      if (!text.empty()) sources.flags[key] = text;
    }
    for (const server::Setting& each : server::all_settings()) {
      const std::string name = server::environment_name(each.key);
      if (const char* text = std::getenv(name.c_str())) sources.environment[name] = text;
    }
    if (!file_.empty()) sources.file = file_;
    return sources;
  }

  static std::expected<server::Config, std::string> read_config(
      const server::ConfigSources& sources) {
    auto config = server::read_config(sources);
    if (!config) return config;
    const auto where = server::whereabouts(config->data, config->database);
    if (!where) return std::unexpected(where.error());
    config->data = where->directory;
    return config;
  }

  std::map<std::string, std::string> flags_;
  std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_serve() { return std::make_unique<Serve>(); }

}  // namespace pastille::cli
