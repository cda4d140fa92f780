#include "http/cookies.h"

#include <fmt/format.h>

#include "http/ascii.h"

namespace pastille::http {
namespace {

std::string_view name_of(CookieRules rules) {
  return rules.secure ? "__Host-pastille_session" : "pastille_session";
}

std::string cookie(std::string_view value, std::chrono::seconds life, CookieRules rules) {
  // A Banner inside a frame of another site gets its cookie only with None, and partitioned.
  const std::string_view site = rules.framed ? "SameSite=None; Partitioned" : "SameSite=Lax";
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; {}{}", name_of(rules), value,
                     life.count(), site, rules.secure || rules.framed ? "; Secure" : "");
}

}  // namespace

CookieRules cookie_rules(const Request& request, const Settings& settings) {
  return {.secure = settings.secure || request.under_tls,
          .framed = !settings.frame_origins.empty()};
}

std::optional<std::string_view> session_cookie(std::string_view cookies, CookieRules rules) {
  return find_cookie(cookies, name_of(rules));
}

std::string set_session_cookie(std::string_view secret, std::chrono::seconds life,
                               CookieRules rules) {
  return cookie(secret, life, rules);
}

std::string expire_session_cookie(CookieRules rules) {
  return cookie("", std::chrono::seconds(0), rules);
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
