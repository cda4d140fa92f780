// The cookies in which a browser keeps the sign-ins that it has begun at a provider and not ended:
// one each, in at most limits::kOidcFlowsPerBrowser places, so that several tabs do not disturb one
// another and their size stays bounded. A value is when it began, its state, and what is sealed
// (app/ports/external_sign_in.h); what is not sealed only says which cookie it is.
//
// Lax, because the way back comes from another site. Under TLS "__Host-", which no other host of
// the domain can set; its path is then all of ours, else that of these calls.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"
#include "http/cookies.h"

namespace pastille::http {

// Of a Cookie field; views into it.
struct FlowCookie {
  std::size_t place = 0;
  std::string_view sealed;
};
// The one of this state. nullopt: not there.
std::optional<FlowCookie> flow_cookie(std::string_view cookies, std::string_view state,
                                      const CookieRules& rules);
// Where another one goes: into an empty place, else into that of the one begun longest ago.
std::size_t place_of_next_flow(std::string_view cookies, const CookieRules& rules);

// Values of Set-Cookie.
std::string set_flow_cookie(std::size_t place, Time begun, std::string_view state,
                            std::string_view sealed, const CookieRules& rules);
std::string expire_flow_cookie(std::size_t place, const CookieRules& rules);

}  // namespace pastille::http
