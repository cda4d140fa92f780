// The session cookie: its name, reading it, setting it. Cookies know no ports, so the name ends in
// digits of the organisation's id: two servers on one host do not sign each other's people out.
// Earlier versions had none there; that cookie is honoured until it runs out.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "http/parts.h"
#include "http/request.h"

namespace pastille::http {

// Under what the cookie travels, of one request.
struct CookieRules {
  bool secure = false;  // under TLS: "__Host-pastille_session_...", else "pastille_session_..."
  bool framed = false;  // inside frames of other sites too
  std::string organisation = {};  // the eight digits
};
// Secure when public_url says https, or a listed proxy does.
CookieRules cookie_rules(const Request& request, const Settings& settings,
                         const Organisation& organisation);

// The session that a browser came with, under either name; {}: none that is known.
SessionId browser_session(const Request& request, const Organisation& organisation,
                          const Secrets& secrets, const Settings& settings);
// Whether it came with one that is not known.
bool names_unknown_session(const Request& request, const Organisation& organisation,
                           const Secrets& secrets, const Settings& settings);
// The value of Set-Cookie that begins a session.
std::string set_session_cookie(const ClearSecret& secret, std::chrono::seconds life,
                               const CookieRules& rules);
// Those that end it, under both names.
std::array<std::string, 2> expire_session_cookies(const CookieRules& rules);

// The value of the cookie with exactly this name. nullopt: not there.
std::optional<std::string_view> find_cookie(std::string_view cookies, std::string_view name);

}  // namespace pastille::http
