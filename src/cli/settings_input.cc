#include "cli/settings_input.h"

#include <unistd.h>

#include <string_view>

#include "server/storage.h"

namespace pastille::cli {

void SettingsInput::declare(CLI::App& command) {
  for (const server::Setting& each : server::all_settings()) {
    std::string meaning(each.meaning);
    if (!each.fallback.empty()) meaning += " (" + std::string(each.fallback) + ")";
    command.add_option(server::flag_name(each.key), flags_[std::string(each.key)], meaning);
  }
  command.add_option("--config", file_, "A file with settings (TOML)")->type_name("FILE");
}

std::expected<server::Config, std::string> SettingsInput::read() const {
  auto config = server::read_config(sources());
  if (!config) return config;
  const auto where = server::whereabouts(config->data, config->database);
  if (!where) return std::unexpected(where.error());
  config->data = where->directory;
  return config;
}

server::ConfigSources SettingsInput::sources() const {
  server::ConfigSources sources;
  for (const auto& [key, text] : flags_) {
    if (!text.empty()) sources.flags[key] = text;
  }
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view variable = *each;
    const std::size_t equals = variable.find('=');
    if (!variable.starts_with("PASTILLE_") || equals == std::string_view::npos) continue;
    sources.environment[std::string(variable.substr(0, equals))] = variable.substr(equals + 1);
  }
  if (!file_.empty()) sources.file = file_;
  return sources;
}

}  // namespace pastille::cli
