// The session cookie: its name, reading it, setting it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/parts.h"
#include "http/request.h"

namespace pastille::http {

// Under what the cookie travels, of one request.
struct CookieRules {
  bool secure = false;  // under TLS: "__Host-pastille_session", else "pastille_session"
  bool framed = false;  // inside frames of other sites too
};
// Secure when public_url says https, or a listed proxy does.
CookieRules cookie_rules(const Request& request, const Settings& settings);

// Of a Cookie field. nullopt: not there.
std::optional<std::string_view> session_cookie(std::string_view cookies, CookieRules rules);
// The value of Set-Cookie that begins a session, and the one that ends it.
std::string set_session_cookie(std::string_view secret, std::chrono::seconds life,
                               CookieRules rules);
std::string expire_session_cookie(CookieRules rules);

// The value of the cookie with exactly this name. nullopt: not there.
std::optional<std::string_view> find_cookie(std::string_view cookies, std::string_view name);

}  // namespace pastille::http
