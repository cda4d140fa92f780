#include "http/authenticate.h"

#include "http/ascii.h"
#include "http/cookies.h"

namespace pastille::http {
namespace {

std::unexpected<Refusal> not_signed_in(std::string detail) {
  return refuse(Problem::kNotSignedIn, std::move(detail));
}

Result<Actor> by_token(std::string_view field, const Organisation& organisation,
                       const Secrets& secrets) {
  constexpr std::string_view kScheme = "bearer ";
  const bool bearer = lower_ascii(field.substr(0, kScheme.size())) == kScheme;
  if (!bearer) return not_signed_in("Send a token as \"Authorization: Bearer pst_...\".");
  field.remove_prefix(kScheme.size());
  if (!field.starts_with("pst_")) return not_signed_in("This is no token of Pastille.");
  const TokenId* found = organisation.token_secrets.find(secrets.hash(field));
  if (found == nullptr) return not_signed_in("This token is unknown, revoked or expired.");
  return *found;
}

}  // namespace

bool names_unknown_access(const Request& request, const Organisation& organisation,
                          const Secrets& secrets, const Settings& settings) {
  if (request.field("authorization")) {
    const auto token = by_token(*request.field("authorization"), organisation, secrets);
    return !token;
  }
  return names_unknown_session(request, organisation, secrets, settings);
}

Result<Identified> authenticate(const Request& request, const Organisation& organisation,
                                const Context& context, const Secrets& secrets,
                                const Settings& settings) {
  Actor actor;
  if (const auto authorization = request.field("authorization")) {
    const auto token = by_token(*authorization, organisation, secrets);
    if (!token) return std::unexpected(token.error());
    actor = *token;
  } else {
    const SessionId found = browser_session(request, organisation, secrets, settings);
    if (!found) return not_signed_in("Sign in and try again.");
    actor = found;
  }
  const auto who = acting(organisation, actor, context);
  if (!who) return std::unexpected(who.error());
  return Identified{actor, *who};
}

}  // namespace pastille::http
