#include "http/cookies.h"

#include <fmt/format.h>

#include <vector>

#include "http/ascii.h"

namespace pastille::http {
namespace {

constexpr std::size_t kDigits = 8;  // of the organisation's id: enough for those of one host

std::string former_name(const CookieRules& rules) {
  return rules.secure ? "__Host-pastille_session" : "pastille_session";
}

std::string name_of(const CookieRules& rules) {
  return former_name(rules) + '_' + rules.organisation;
}

std::string cookie(std::string_view name, std::string_view value, std::chrono::seconds life,
                   const CookieRules& rules) {
  // A Banner inside a frame of another site gets its cookie only with None, and partitioned.
  const std::string_view site = rules.framed ? "SameSite=None; Partitioned" : "SameSite=Lax";
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; {}{}", name, value, life.count(), site,
                     rules.secure || rules.framed ? "; Secure" : "");
}

// What a browser sends that may be a session of ours, the present name first.
std::vector<std::string_view> given_sessions(const Request& request, const Settings& settings,
                                             const Organisation& organisation) {
  const std::string_view cookies = request.field("cookie").value_or("");
  const CookieRules rules = cookie_rules(request, settings, organisation);
  std::vector<std::string_view> given;
  for (const std::string& name : {name_of(rules), former_name(rules)}) {
    const auto value = find_cookie(cookies, name);
    if (value && !value->empty()) given.push_back(*value);
  }
  return given;
}

}  // namespace

CookieRules cookie_rules(const Request& request, const Settings& settings,
                         const Organisation& organisation) {
  return {.secure = settings.secure || request.under_tls,
          .framed = !settings.frame_origins.empty(),
          .organisation = organisation.own_id.substr(0, kDigits)};
}

SessionId browser_session(const Request& request, const Organisation& organisation,
                          const Secrets& secrets, const Settings& settings) {
  for (const std::string_view each : given_sessions(request, settings, organisation)) {
    const SessionId* found = organisation.session_secrets.find(secrets.hash(each));
    if (found != nullptr) return *found;
  }
  return {};
}

bool names_unknown_session(const Request& request, const Organisation& organisation,
                           const Secrets& secrets, const Settings& settings) {
  return !given_sessions(request, settings, organisation).empty() &&
         !browser_session(request, organisation, secrets, settings);
}

std::string set_session_cookie(const ClearSecret& secret, std::chrono::seconds life,
                               const CookieRules& rules) {
  return cookie(name_of(rules), secret.reveal(), life, rules);
}

std::array<std::string, 2> expire_session_cookies(const CookieRules& rules) {
  return {cookie(name_of(rules), "", std::chrono::seconds(0), rules),
          cookie(former_name(rules), "", std::chrono::seconds(0), rules)};
}

std::optional<std::string_view> find_cookie(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    const std::string_view pair = trim_blanks(take_until(cookies, ';'));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

}  // namespace pastille::http
