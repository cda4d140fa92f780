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

// The cookie that ties a browser to the sign-in that it began at a provider: Lax, because the way
// back comes from another site.
std::string set_flow_cookie(std::string_view secret, CookieRules rules);
std::string expire_flow_cookie(CookieRules rules);
std::optional<std::string_view> flow_cookie(std::string_view cookies, CookieRules rules);

}  // namespace pastille::http
