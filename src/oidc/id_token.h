// An ID token (OpenID Connect Core 1.0, 2 and 3.1.3.7): its signature, and what it must claim.
// Pure: keys and time are given, nothing is fetched. Faults are texts for the operator, without
// anything of the token's content.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace pastille::oidc {

// Clocks differ that much at most, for exp and iat.
inline constexpr std::chrono::seconds kLeeway{60};

struct TokenFault {
  bool unknown_key = false;  // keys may have been changed: fetch them and try once more
  std::string why;
};

// The claims of a compact JWS signed by one of the keys of `jwks` with RS256, PS256, ES256 or
// EdDSA.
std::expected<boost::json::object, TokenFault> verified_claims(std::string_view token,
                                                               const boost::json::object& jwks);

struct Expected {
  std::string_view issuer;
  std::string_view client_id;
  std::string_view nonce;
  Time now;
};
// iss, sub, aud with azp, exp, iat, nonce.
std::expected<void, std::string> check_claims(const boost::json::object& claims,
                                              const Expected& expected);

// JSON within our depth; nullopt: none, or no object.
std::optional<boost::json::object> parse_object(std::string_view text);
// A text member, "" when it is not there or something else.
std::string text_of(const boost::json::object& object, std::string_view name);

}  // namespace pastille::oidc
