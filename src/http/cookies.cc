#include "http/cookies.h"

#include <fmt/format.h>

#include "http/ascii.h"

namespace pastille::http {
namespace {

std::string cookie(std::string_view value, std::chrono::seconds life, const Settings& settings) {
  // A Banner inside a frame of another site gets its cookie only with None, and partitioned.
  const std::string_view site =
      settings.frame_origins.empty() ? "SameSite=Lax" : "SameSite=None; Partitioned";
  const bool secure = settings.secure || !settings.frame_origins.empty();
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; {}{}", session_cookie_name(settings),
                     value, life.count(), site, secure ? "; Secure" : "");
}

}  // namespace

std::string_view session_cookie_name(const Settings& settings) {
  return settings.secure ? "__Host-pastille_session" : "pastille_session";
}

std::optional<std::string_view> session_cookie(std::string_view cookies, const Settings& settings) {
  const std::string_view name = session_cookie_name(settings);
  while (!cookies.empty()) {
    const std::string_view pair = trim_blanks(take_until(cookies, ';'));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

std::string set_session_cookie(std::string_view secret, std::chrono::seconds life,
                               const Settings& settings) {
  return cookie(secret, life, settings);
}

std::string expire_session_cookie(const Settings& settings) {
  return cookie("", std::chrono::seconds(0), settings);
}

}  // namespace pastille::http
