#include "server/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <ranges>

#include "core/outside_text.h"
#include "server/closest.h"

namespace pastille::server {
namespace {

using Faults = std::vector<std::string>;

constexpr std::string_view kOurVariables = "PASTILLE_";

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

// Flags and the environment are texts.
std::optional<Given> from_text(const Setting& setting, const std::string& text) {
  switch (setting.kind) {
    case Setting::Kind::kText:
      return text;
    case Setting::Kind::kTexts:
      return split(text);
    case Setting::Kind::kNumber: {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
      return number;
    }
    case Setting::Kind::kYesNo:
      if (text != "true" && text != "false") return std::nullopt;
      return text == "true";
    case Setting::Kind::kTextByName: {
      std::map<std::string, std::string> texts;
      for (const std::string& each : split(text)) {
        const std::size_t equals = each.rfind('=');
        if (equals == std::string::npos) return std::nullopt;
        texts[each.substr(0, equals)] = each.substr(equals + 1);
      }
      return texts;
    }
  }
  return std::nullopt;
}

std::optional<Given> from_toml(const Setting& setting, const toml::node& node) {
  switch (setting.kind) {
    case Setting::Kind::kText:
      if (const auto* text = node.as_string()) return text->get();
      return std::nullopt;
    case Setting::Kind::kNumber:
      if (const auto* number = node.as_integer()) return number->get();
      return std::nullopt;
    case Setting::Kind::kTexts: {
      const toml::array* array = node.as_array();
      if (array == nullptr) return std::nullopt;
      std::vector<std::string> texts;
      for (const toml::node& each : *array) {
        const auto* text = each.as_string();
        if (text == nullptr) return std::nullopt;
        texts.push_back(text->get());
      }
      return texts;
    }
    case Setting::Kind::kYesNo:
      if (const auto* value = node.as_boolean()) return value->get();
      return std::nullopt;
    case Setting::Kind::kTextByName: {
      const toml::table* table = node.as_table();
      if (table == nullptr) return std::nullopt;
      std::map<std::string, std::string> texts;
      for (const auto& [name, each] : *table) {
        const auto* text = each.as_string();
        if (text == nullptr) return std::nullopt;
        texts[std::string(name.str())] = text->get();
      }
      return texts;
    }
  }
  return std::nullopt;
}

const Setting* find(std::string_view key) {
  const auto found = std::ranges::find(all_settings(), key, &Setting::key);
  return found == all_settings().end() ? nullptr : &*found;
}

// "Did you mean ...?" or all there are.
std::string meant_setting(const std::string& key) {
  std::vector<std::string> keys;
  for (const Setting& each : all_settings()) keys.emplace_back(each.key);
  const std::string close = closest(key, keys);
  if (!close.empty()) return " Did you mean " + close + "?";
  return fmt::format(" There are: {}.", fmt::join(keys, ", "));
}

// Of any text in it; the environment holds any bytes, and TOML writes controls as escapes.
struct FaultOfTexts {
  std::optional<TextFault> operator()(std::int64_t) const { return std::nullopt; }
  std::optional<TextFault> operator()(bool) const { return std::nullopt; }
  std::optional<TextFault> operator()(const std::string& text) const { return fault_of_text(text); }
  std::optional<TextFault> operator()(const std::vector<std::string>& texts) const {
    for (const std::string& each : texts) {
      if (const auto fault = fault_of_text(each)) return fault;
    }
    return std::nullopt;
  }
  std::optional<TextFault> operator()(const std::map<std::string, std::string>& texts) const {
    for (const auto& [name, text] : texts) {
      if (const auto fault = fault_of_text(name + text)) return fault;
    }
    return std::nullopt;
  }
};

void put(Config& config, const Setting& setting, const std::optional<Given>& given,
         std::string_view place, Faults& faults) {
  if (const auto fault = given ? std::visit(FaultOfTexts(), *given) : std::nullopt) {
    faults.push_back(fmt::format("{}: {}", place, to_text(*fault)));
    return;
  }
  if (given && setting.set(config, *given)) return;
  faults.push_back(fmt::format("{}: wrong value. Write {}{}.", place, setting.write,
                               setting.kind == Setting::Kind::kTexts ? " (a list of them)" : ""));
}

class File {
 public:
  File(const std::filesystem::path& path, Config& config, Faults& faults)
      : path_(path), config_(config), faults_(faults) {}

  void read() {
    try {
      const toml::table table = toml::parse_file(path_.string());
      read_table(table, "");
    } catch (const toml::parse_error& error) {
      faults_.push_back(fmt::format("{}:{}: {}.", path_.string(), error.source().begin.line,
                                    error.description()));
    }
  }

 private:
  void read_table(const toml::table& table, const std::string& before) {
    for (const auto& [name, node] : table) {
      const std::string key = before + std::string(name.str());
      const Setting* setting = find(key);
      const std::string place =
          fmt::format("{}:{}: {}", path_.string(), node.source().begin.line, key);
      if (setting != nullptr) {
        put(config_, *setting, from_toml(*setting, node), place, faults_);
      } else if (const toml::table* inner = node.as_table(); inner != nullptr && before.empty()) {
        read_table(*inner, key + ".");
      } else {
        faults_.push_back(place + ": there is no such setting." + meant_setting(key));
      }
    }
  }

  const std::filesystem::path& path_;
  Config& config_;
  Faults& faults_;
};

std::string spelled(std::string_view key, char separator) {
  std::string name(key);
  std::ranges::replace(name, '.', separator);
  if (separator == '-') std::ranges::replace(name, '_', '-');
  return name;
}

void read_environment(const ConfigSources& sources, Config& config, Faults& faults) {
  std::map<std::string, std::string_view> known;
  for (const Setting& setting : all_settings()) {
    const std::string name = environment_name(setting.key);
    known.emplace(name, setting.key);
    if (const auto found = sources.environment.find(name); found != sources.environment.end()) {
      put(config, setting, from_text(setting, found->second), name, faults);
    }
  }
  for (const auto& [name, text] : sources.environment) {
    if (!name.starts_with(kOurVariables) || known.contains(name)) continue;
    const std::string close = closest(name, known | std::views::keys);
    config.warnings.push_back(fmt::format("{} in the environment is no setting.{}", printable(name),
                                          close.empty() ? "" : " Did you mean " + close + "?"));
  }
}

void read_all(const ConfigSources& sources, Config& config, Faults& faults) {
  if (sources.file) {
    std::error_code error;
    if (std::filesystem::is_regular_file(*sources.file, error)) {
      File(*sources.file, config, faults).read();
    } else {
      faults.push_back(fmt::format("{}: there is no such file. Give the path of a settings file.",
                                   sources.file->string()));
    }
  }
  read_environment(sources, config, faults);
  for (const auto& [key, text] : sources.flags) {
    const Setting& setting = *find(key);
    put(config, setting, from_text(setting, text), flag_name(key), faults);
  }
}

// What the provider's settings need of each other; the secret comes out of its file, without the
// line's end, and is in no message.
void complete_oidc(Config& config, Faults& faults) {
  if (!config.oidc) return;
  oidc::Settings& oidc = *config.oidc;
  if (oidc.issuer.empty() || oidc.client_id.empty()) {
    faults.emplace_back(
        "oidc.issuer and oidc.client_id belong together: give both, or no oidc setting at all.");
  }
  if (oidc.name.empty()) oidc.name = "OpenID Connect";
  if (!oidc.ca_file.empty() && !std::ifstream(oidc.ca_file)) {
    faults.push_back(fmt::format("oidc.ca_file: '{}' cannot be read.", oidc.ca_file.string()));
  }
  if (config.oidc_secret_file.empty()) return;
  std::ifstream file(config.oidc_secret_file);
  std::getline(file, oidc.client_secret);
  while (oidc.client_secret.ends_with('\r') || oidc.client_secret.ends_with(' ')) {
    oidc.client_secret.pop_back();
  }
  if (!oidc.client_secret.empty()) return;
  faults.push_back(fmt::format("oidc.client_secret_file: '{}' cannot be read, or holds nothing.",
                               config.oidc_secret_file.string()));
}

}  // namespace

std::string environment_name(std::string_view key) {
  std::string name = "PASTILLE_" + spelled(key, '_');
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  return name;
}

std::string flag_name(std::string_view key) { return "--" + spelled(key, '-'); }

std::expected<Config, std::string> read_config(const ConfigSources& sources) {
  Config config;
  Faults faults;
  read_all(sources, config, faults);
  // What belongs together is looked at once each of it is right.
  if (faults.empty()) {
    complete_oidc(config, faults);
    if (config.tls && (config.tls->chain.empty() || config.tls->key.empty())) {
      faults.emplace_back(
          "tls.certificate and tls.key belong together: give both, or neither for no TLS.");
    }
  }
  if (faults.empty()) return config;
  std::string lines;
  for (const std::string& each : faults) lines += (lines.empty() ? "" : "\n  ") + each;
  return std::unexpected(std::move(lines));
}

}  // namespace pastille::server
