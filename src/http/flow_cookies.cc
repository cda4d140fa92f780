#include "http/flow_cookies.h"

#include <fmt/format.h>

#include <charconv>

#include "core/limits.h"
#include "http/ascii.h"

namespace pastille::http {
namespace {

std::string name_of(std::size_t place, const CookieRules& rules) {
  return fmt::format("{}pastille_sign_in_{}_{}", rules.secure ? "__Host-" : "", rules.organisation,
                     place);
}

std::string cookie(std::size_t place, std::string_view value, std::chrono::seconds life,
                   const CookieRules& rules) {
  return fmt::format("{}={}; Path={}; Max-Age={}; HttpOnly; SameSite=Lax{}", name_of(place, rules),
                     value, rules.secure ? "/" : "/auth/oidc", life.count(),
                     rules.secure ? "; Secure" : "");
}

struct Value {
  std::uint64_t begun = 0;  // milliseconds since 1970
  std::string_view state, sealed;
};

// nullopt: empty, or not of that form.
std::optional<Value> read(std::string_view cookies, std::size_t place, const CookieRules& rules) {
  auto text = find_cookie(cookies, name_of(place, rules));
  if (!text) return std::nullopt;
  Value value;
  const std::string_view digits = take_until(*text, '.');
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value.begun);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  value.state = take_until(*text, '.');
  value.sealed = *text;
  if (value.state.empty() || value.sealed.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<FlowCookie> flow_cookie(std::string_view cookies, std::string_view state,
                                      const CookieRules& rules) {
  for (std::size_t place = 0; place < limits::kOidcFlowsPerBrowser; ++place) {
    const auto value = read(cookies, place, rules);
    if (value && value->state == state) return FlowCookie{.place = place, .sealed = value->sealed};
  }
  return std::nullopt;
}

std::size_t place_of_next_flow(std::string_view cookies, const CookieRules& rules) {
  std::size_t oldest = 0;
  std::optional<std::uint64_t> begun;
  for (std::size_t place = 0; place < limits::kOidcFlowsPerBrowser; ++place) {
    const auto value = read(cookies, place, rules);
    if (!value) return place;
    if (begun && *begun <= value->begun) continue;
    oldest = place;
    begun = value->begun;
  }
  return oldest;
}

std::string set_flow_cookie(std::size_t place, Time begun, std::string_view state,
                            std::string_view sealed, const CookieRules& rules) {
  const std::string value =
      fmt::format("{}.{}.{}", begun.time_since_epoch().count(), state, sealed);
  return cookie(place, value, limits::kOidcFlowLife, rules);
}

std::string expire_flow_cookie(std::size_t place, const CookieRules& rules) {
  return cookie(place, "", std::chrono::seconds(0), rules);
}

}  // namespace pastille::http
