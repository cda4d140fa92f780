// The settings of a server: a flag wins over the environment, that over the file (TOML), that over
// the default. Every setting is one row of a table, which also makes the flags of `serve`, the
// names in the environment, and the check of docs/operations/configuration.md.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/context.h"
#include "app/person_shares.h"
#include "core/limits.h"
#include "oidc/settings.h"
#include "server/address.h"
#include "tls/certificate.h"

namespace pastille::server {

enum class LogFormat : std::uint8_t { kText, kJson };
enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

struct Config {
  Address listen{.host = "127.0.0.1", .port = 8080};
  std::filesystem::path data;
  std::string database;   // postgres://...; "": the embedded one in `data`
  std::string node_name;  // "": the host's name and the port
  std::vector<std::string> public_urls;
  std::vector<std::string> frame_origins;
  std::vector<std::string> element_origins;
  std::vector<std::string> trusted_proxies;
  std::optional<tls::CertificateFiles> tls;
  LogFormat log_format = LogFormat::kText;
  LogLevel log_level = LogLevel::kInfo;
  std::optional<Address> metrics_listen;
  int io_threads = 0;  // 0: one per core
  std::size_t connections_most = limits::kConnections;
  std::size_t connections_per_address = limits::kConnectionsPerAddress;
  std::chrono::seconds heartbeat{25};
  Quotas quotas;  // of one person
  std::optional<oidc::Settings> oidc;
  std::filesystem::path oidc_secret_file;  // read into oidc->client_secret
  pastille::Settings organisation;         // grace, retention, sessions
  std::vector<std::string> warnings;       // what was given and is not used, for the operator
};

// A value as it was given, already of the right shape.
using Given = std::variant<std::string, std::int64_t, std::vector<std::string>, bool,
                           std::map<std::string, std::string>>;

struct Setting {
  enum class Kind : std::uint8_t { kText, kNumber, kTexts, kYesNo, kTextByName };
  std::string_view key;  // "listen", "presence.grace_s"
  Kind kind;
  std::string_view fallback;  // the default, for people to read
  std::string_view meaning;
  std::string_view write;  // what to write, when it was wrong
  bool (*set)(Config&, const Given&);
};

std::span<const Setting> all_settings();
std::string environment_name(std::string_view key);  // "PASTILLE_PRESENCE_GRACE_S"
std::string flag_name(std::string_view key);         // "--presence-grace-s"

struct ConfigSources {
  std::map<std::string, std::string> flags;  // by key; lists are separated by commas
  // By name; those that begin like ours and are none are warned of, others left alone.
  std::map<std::string, std::string> environment;
  std::optional<std::filesystem::path> file;
};

// What is wrong, all of it, comes as a text for the operator, a line each: where it stands, and
// what to write.
std::expected<Config, std::string> read_config(const ConfigSources& sources);

}  // namespace pastille::server
