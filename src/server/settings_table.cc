// The table of all settings: their names, meanings, limits, and where they go.
#include <algorithm>
#include <array>

#include "server/config.h"
#include "server/storage.h"

namespace pastille::server {
namespace {

bool set_address(Address& place, const Given& given) {
  const auto address = parse_address(std::get<std::string>(given));
  if (address) place = *address;
  return address.has_value();
}

template <class Unit>
bool set_span(Unit& place, const Given& given, std::int64_t least, std::int64_t most) {
  const std::int64_t number = std::get<std::int64_t>(given);
  if (number < least || number > most) return false;
  place = Unit(number);
  return true;
}

bool set_kilobytes(std::uint64_t& bytes, const Given& given, std::int64_t least, std::int64_t most,
                   std::uint64_t times = 1) {
  if (!set_span(bytes, given, least, most)) return false;
  bytes *= 1024 * times;
  return true;
}

// "https://status.example.org": scheme, host and port, no path.
bool is_origin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view name = text.substr(0, scheme);
  const std::string_view host = text.substr(scheme + 3);
  return (name == "http" || name == "https") && !host.empty() &&
         host.find_first_of("/?#@ \t,;'\"") == std::string_view::npos;
}

bool set_origins(std::vector<std::string>& place, const Given& given) {
  const auto& texts = std::get<std::vector<std::string>>(given);
  if (!std::ranges::all_of(texts, is_origin)) return false;
  place = texts;
  return true;
}

bool set_proxies(std::vector<std::string>& place, const Given& given) {
  place.clear();
  for (const std::string& text : std::get<std::vector<std::string>>(given)) {
    const auto host = parse_host(text);
    if (!host) return false;
    place.push_back(*host);
  }
  return true;
}

oidc::Settings& oidc_of(Config& config) {
  return config.oidc ? *config.oidc : config.oidc.emplace();
}

bool set_words(std::vector<std::string>& place, const Given& given) {
  place = std::get<std::vector<std::string>>(given);
  return std::ranges::none_of(place, [](const std::string& word) {
    return word.empty() || word.find_first_of(" \t\"\\") != std::string::npos;
  });
}

tls::CertificateFiles& certificate_of(Config& config) {
  return config.tls ? *config.tls : config.tls.emplace();
}

bool set_path(std::filesystem::path& place, const Given& given) {
  place = std::get<std::string>(given);
  return !place.empty();
}

bool set_log_format(Config& config, const Given& given) {
  const auto& text = std::get<std::string>(given);
  if (text != "text" && text != "json") return false;
  config.log_format = text == "json" ? LogFormat::kJson : LogFormat::kText;
  return true;
}

bool set_log_level(Config& config, const Given& given) {
  constexpr std::array<std::pair<std::string_view, LogLevel>, 4> kLevels = {
      {{"debug", LogLevel::kDebug},
       {"info", LogLevel::kInfo},
       {"warning", LogLevel::kWarning},
       {"error", LogLevel::kError}}};
  for (const auto& [name, level] : kLevels) {
    if (name != std::get<std::string>(given)) continue;
    config.log_level = level;
    return true;
  }
  return false;
}

using Kind = Setting::Kind;

constexpr std::array kSettings = {
    Setting{"listen", Kind::kText, "127.0.0.1:8080",
            "address and port to serve on; port 0 takes any free one",
            "an address and a port, as 127.0.0.1:8080 or [::]:8080",
            [](Config& config, const Given& given) { return set_address(config.listen, given); }},
    Setting{"data", Kind::kText, "", "the data directory", "the path of a directory",
            [](Config& config, const Given& given) {
              config.data = std::get<std::string>(given);
              return !config.data.empty();
            }},
    Setting{
        "database", Kind::kText, "",
        "a PostgreSQL database instead of the embedded one; `data` then holds the control socket",
        "postgres://USER@HOST:PORT/NAME, or sqlite:DIR",
        [](Config& config, const Given& given) {
          const auto where = whereabouts(config.data, std::get<std::string>(given));
          if (!where) return false;
          config.data = where->directory;
          config.database = where->database;
          return true;
        }},
    Setting{"node_name", Kind::kText, "",
            "what people call this server among several on one database; the host's name and port "
            "when not set",
            "a name of 1 to 60 bytes",
            [](Config& config, const Given& given) {
              config.node_name = std::get<std::string>(given);
              return !config.node_name.empty() && config.node_name.size() <= 60;
            }},
    Setting{
        "public_url", Kind::kTexts, "",
        "addresses under which browsers reach the server; without it, the one they ask for",
        "scheme, host and port without a path, as https://status.example.org",
        [](Config& config, const Given& given) { return set_origins(config.public_urls, given); }},
    Setting{"frame_origins", Kind::kTexts, "",
            "origins of the pages that may show the Banner in a frame",
            "scheme, host and port without a path, as https://desk.example.org",
            [](Config& config, const Given& given) {
              return set_origins(config.frame_origins, given);
            }},
    Setting{"element_origins", Kind::kTexts, "",
            "origins of the pages that may show colleagues' circles with <pastille-dot>",
            "scheme, host and port without a path, as https://crm.example.org",
            [](Config& config, const Given& given) {
              return set_origins(config.element_origins, given);
            }},
    Setting{"trusted_proxies", Kind::kTexts, "",
            "addresses of the proxies before it, whose X-Forwarded-For and X-Forwarded-Proto are "
            "believed",
            "IP addresses, as 127.0.0.1",
            [](Config& config, const Given& given) {
              return set_proxies(config.trusted_proxies, given);
            }},
    Setting{"tls.certificate", Kind::kText, "",
            "the certificate, with those of its issuers after it; without it, no TLS",
            "the path of a PEM file, and tls.key with it",
            [](Config& config, const Given& given) {
              return set_path(certificate_of(config).chain, given);
            }},
    Setting{"tls.key", Kind::kText, "", "the key of the certificate, without a passphrase",
            "the path of a PEM file, and tls.certificate with it",
            [](Config& config, const Given& given) {
              return set_path(certificate_of(config).key, given);
            }},
    Setting{"log_format", Kind::kText, "text", "how log lines are written to standard error",
            "text or json", set_log_format},
    Setting{"log_level", Kind::kText, "info", "the least that is logged",
            "debug, info, warning or error", set_log_level},
    Setting{"metrics_listen", Kind::kText, "",
            "address and port for Prometheus metrics; none when not set",
            "an address and a port, as 127.0.0.1:9464",
            [](Config& config, const Given& given) {
              return set_address(config.metrics_listen.emplace(), given);
            }},
    Setting{"io_threads", Kind::kNumber, "0", "threads for connections; 0 is one per core",
            "a whole number from 0 to 64",
            [](Config& config, const Given& given) {
              return set_span(config.io_threads, given, 0, 64);
            }},
    Setting{"connections.most", Kind::kNumber, "50000",
            "connections open at once, live ones included; fewer when the system gives fewer "
            "descriptors",
            "a whole number from 10 to 1000000",
            [](Config& config, const Given& given) {
              return set_span(config.connections_most, given, 10, 1'000'000);
            }},
    Setting{"connections.per_address", Kind::kNumber, "25000",
            "of these, from one address (IPv6: one /64) that is no trusted proxy",
            "a whole number from 10 to 1000000",
            [](Config& config, const Given& given) {
              return set_span(config.connections_per_address, given, 10, 1'000'000);
            }},
    Setting{"quota.changes_per_minute", Kind::kNumber, "3000",
            "requests that change something, of one person", "a whole number from 60 to 1000000",
            [](Config& config, const Given& given) {
              return set_span(config.quotas.changes.most, given, 60, 1'000'000);
            }},
    Setting{"quota.statuses_per_hour", Kind::kNumber, "1200",
            "times that one person sets their own status, over HTTP and live together",
            "a whole number from 60 to 1000000",
            [](Config& config, const Given& given) {
              return set_span(config.quotas.statuses.most, given, 60, 1'000'000);
            }},
    Setting{"quota.renames_per_hour", Kind::kNumber, "20",
            "times that one person changes their own name", "a whole number from 1 to 1000000",
            [](Config& config, const Given& given) {
              return set_span(config.quotas.renames.most, given, 1, 1'000'000);
            }},
    Setting{"quota.message_kb_per_minute", Kind::kNumber, "512",
            "kilobytes of messages that one person writes in a minute",
            "a whole number from 32 to 1000000",
            [](Config& config, const Given& given) {
              return set_kilobytes(config.quotas.messages.most, given, 32, 1'000'000);
            }},
    Setting{"quota.message_mb_per_day", Kind::kNumber, "8",
            "megabytes of messages that one person writes in 24 hours",
            "a whole number from 1 to 100000",
            [](Config& config, const Given& given) {
              return set_kilobytes(config.quotas.messages_a_day.most, given, 1, 100'000, 1024);
            }},
    Setting{"quota.keys_per_day", Kind::kNumber, "5000",
            "requests of one person with an Idempotency-Key in 24 hours",
            "a whole number from 100 to 1000000",
            [](Config& config, const Given& given) {
              return set_span(config.quotas.keys.most, given, 100, 1'000'000);
            }},
    Setting{"presence.grace_s", Kind::kNumber, "30",
            "seconds after the last connection until a person is Offline",
            "a whole number of seconds from 1 to 600",
            [](Config& config, const Given& given) {
              return set_span(config.organisation.grace, given, 1, 600);
            }},
    Setting{"presence.heartbeat_s", Kind::kNumber, "25",
            "seconds between two pings of a live connection",
            "a whole number of seconds from 1 to 300",
            [](Config& config, const Given& given) {
              return set_span(config.heartbeat, given, 1, 300);
            }},
    Setting{"retention.own_history_days", Kind::kNumber, "30",
            "days that a person's own history is kept; 0 writes none",
            "a whole number of days from 0 to 400",
            [](Config& config, const Given& given) {
              return set_span(config.organisation.own_history_kept, given, 0, 400);
            }},
    Setting{"retention.messages_days", Kind::kNumber, "365", "days that messages are kept",
            "a whole number of days from 1 to 3650",
            [](Config& config, const Given& given) {
              return set_span(config.organisation.messages_kept, given, 1, 3650);
            }},
    Setting{"sessions.idle_hours", Kind::kNumber, "14",
            "hours after which a session that is not used ends",
            "a whole number of hours from 1 to 8760",
            [](Config& config, const Given& given) {
              return set_span(config.organisation.session_idle, given, 1, 8760);
            }},
    Setting{"sessions.absolute_days", Kind::kNumber, "30", "days after which every session ends",
            "a whole number of days from 1 to 400",
            [](Config& config, const Given& given) {
              std::chrono::days days{};
              if (!set_span(days, given, 1, 400)) return false;
              config.organisation.session_absolute = days;
              return true;
            }},
    Setting{"oidc.issuer", Kind::kText, "",
            "the provider of identities to sign in at, exactly as it names itself; without it, "
            "passwords only",
            "an https address, as https://id.example.org/realms/desk",
            [](Config& config, const Given& given) {
              oidc_of(config).issuer = std::get<std::string>(given);
              return oidc::is_sound_url(config.oidc->issuer) &&
                     config.oidc->issuer.size() <= limits::kIssuerBytes;
            }},
    Setting{"oidc.client_id", Kind::kText, "", "what the provider calls this server",
            "the client id that the provider gave",
            [](Config& config, const Given& given) {
              oidc_of(config).client_id = std::get<std::string>(given);
              return !config.oidc->client_id.empty();
            }},
    Setting{"oidc.client_secret_file", Kind::kText, "",
            "the file that holds the client's secret; none for a public client",
            "the path of a file with one line",
            [](Config& config, const Given& given) {
              oidc_of(config);
              return set_path(config.oidc_secret_file, given);
            }},
    Setting{"oidc.name", Kind::kText, "OpenID Connect", "the provider's name on the button",
            "a name of 1 to 40 bytes",
            [](Config& config, const Given& given) {
              oidc_of(config).name = std::get<std::string>(given);
              return !config.oidc->name.empty() && config.oidc->name.size() <= 40;
            }},
    Setting{"oidc.scopes", Kind::kTexts, "openid, profile, email", "what is asked of the provider",
            "words without blanks, openid among them",
            [](Config& config, const Given& given) {
              return set_words(oidc_of(config).scopes, given) &&
                     std::ranges::find(config.oidc->scopes, "openid") != config.oidc->scopes.end();
            }},
    Setting{"oidc.groups_claim", Kind::kText, "groups", "the claim that holds a person's groups",
            "the name of a claim",
            [](Config& config, const Given& given) {
              oidc_of(config).groups_claim = std::get<std::string>(given);
              return !config.oidc->groups_claim.empty();
            }},
    Setting{"oidc.roles", Kind::kTextByName, "",
            "the role that a group stands for, at every sign-in; without it, roles are given here",
            "groups and names of roles, as { \"desk-leads\" = \"Team lead\" }",
            [](Config& config, const Given& given) {
              oidc_of(config).rules.roles = std::get<std::map<std::string, std::string>>(given);
              return true;
            }},
    Setting{"oidc.create_people", Kind::kYesNo, "false",
            "whether people unknown here are made at their first sign-in", "true or false",
            [](Config& config, const Given& given) {
              oidc_of(config).rules.create_people = std::get<bool>(given);
              return true;
            }},
    Setting{"oidc.ca_file", Kind::kText, "",
            "the certificates that the provider's is trusted by; without it, the system's",
            "the path of a PEM file",
            [](Config& config,
               const Given& given) { return set_path(oidc_of(config).ca_file, given); }},
};

}  // namespace

std::span<const Setting> all_settings() { return kSettings; }

}  // namespace pastille::server
