#include "postgres/conninfo.h"

#include <libpq-fe.h>

#include <map>
#include <memory>

namespace pastille::postgres {
namespace {

using Parameters = std::map<std::string, std::string>;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

std::expected<Parameters, std::string> parse(const std::string& url) {
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(url.c_str(), &error));
  if (options == nullptr) {
    std::string why(error == nullptr ? "it cannot be read" : error);
    PQfreemem(error);
    while (!why.empty() && why.back() == '\n') why.pop_back();
    return std::unexpected(why);
  }
  Parameters found;
  for (const PQconninfoOption* each = options.get(); each->keyword != nullptr; ++each) {
    if (each->val != nullptr) found[each->keyword] = each->val;
  }
  return found;
}

bool is_this_machine(const Parameters& parameters) {
  const auto host = parameters.find("host");
  if (host == parameters.end()) return !parameters.contains("hostaddr");
  std::string_view rest = host->second;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(','));
    const bool local =
        one.starts_with('/') || one == "localhost" || one == "::1" ||
        (one.starts_with("127.") && one.find_first_not_of("0123456789.") == one.npos);
    if (!local) return false;
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
  }
  return true;
}

std::string quoted(const std::string& value) {
  std::string out = "'";
  for (const char each : value) {
    if (each == '\'' || each == '\\') out += '\\';
    out += each;
  }
  return out + "'";
}

}  // namespace

bool is_postgres(std::string_view url) {
  return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

std::expected<std::string, std::string> conninfo_of(const std::string& url) {
  auto parsed = parse(url);
  if (!parsed) return std::unexpected(parsed.error());
  Parameters& given = *parsed;
  if (!given.contains("dbname")) {
    return std::unexpected("it names no database: postgres://USER@HOST/NAME");
  }
  if (!is_this_machine(given)) given.emplace("sslmode", "require");
  given.emplace("connect_timeout", "2");
  given.emplace("keepalives_idle", "5");
  given.emplace("keepalives_interval", "2");
  given.emplace("keepalives_count", "3");
  given.emplace("tcp_user_timeout", "5000");
  given.emplace("target_session_attrs", "read-write");
  given["application_name"] = "pastille";
  given["client_encoding"] = "UTF8";
  std::string conninfo;
  for (const auto& [key, value] : given) conninfo += key + "=" + quoted(value) + " ";
  return conninfo;
}

std::string without_password(const std::string& url) {
  const auto parsed = parse(url);
  if (!parsed) return "postgres";
  const auto part = [&](const char* key, const std::string& before) {
    const auto found = parsed->find(key);
    return found == parsed->end() ? std::string() : before + found->second;
  };
  return "postgres://" + part("host", "") + part("port", ":") + part("dbname", "/");
}

}  // namespace pastille::postgres
