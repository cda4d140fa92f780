// The session cookie: its name, reading it, setting it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/parts.h"

namespace pastille::http {

// "__Host-pastille_session" under TLS, "pastille_session" otherwise.
std::string_view session_cookie_name(const Settings& settings);
// Of a Cookie field. nullopt: not there.
std::optional<std::string_view> session_cookie(std::string_view cookies, const Settings& settings);
// The value of Set-Cookie that begins a session, and the one that ends it.
std::string set_session_cookie(std::string_view secret, std::chrono::seconds life,
                               const Settings& settings);
std::string expire_session_cookie(const Settings& settings);

}  // namespace pastille::http
