#include "oidc/provider.h"

#include <algorithm>
#include <boost/json.hpp>

#include "core/limits.h"
#include "oidc/id_token.h"

namespace pastille::oidc {
namespace {

namespace json = boost::json;

bool lists(const json::object& document, std::string_view name, std::string_view wanted) {
  const json::value* value = document.if_contains(name);
  if (value == nullptr || !value->is_array()) return false;
  return std::ranges::any_of(value->get_array(), [&](const json::value& each) {
    return each.is_string() && each.get_string() == wanted;
  });
}

}  // namespace

std::expected<Places, std::string> read_places(const json::object& document,
                                               std::string_view issuer) {
  if (text_of(document, "issuer") != issuer) {
    return std::unexpected("its discovery document names another issuer than oidc.issuer");
  }
  Places places{.authorization = text_of(document, "authorization_endpoint"),
                .token = text_of(document, "token_endpoint"),
                .keys = text_of(document, "jwks_uri"),
                .userinfo = text_of(document, "userinfo_endpoint"),
                .end_session = text_of(document, "end_session_endpoint")};
  for (const std::string* each : {&places.authorization, &places.token, &places.keys}) {
    if (!is_sound_url(*each)) {
      return std::unexpected(
          "its discovery document lacks an https address of authorization_endpoint, "
          "token_endpoint or jwks_uri");
    }
  }
  for (const std::string* each : {&places.userinfo, &places.end_session}) {
    if (!each->empty() && !is_sound_url(*each)) {
      return std::unexpected("its discovery document names an address that is not https");
    }
  }
  constexpr std::string_view kMethods = "token_endpoint_auth_methods_supported";
  places.secret_in_form = !lists(document, kMethods, "client_secret_basic") &&
                          lists(document, kMethods, "client_secret_post");
  return places;
}

std::expected<json::object, ExternalFailure> Provider::ask(const FetchRequest& request,
                                                           const std::string& what) {
  const auto failed = [&](const std::string& why) {
    return std::unexpected(ExternalFailure{ExternalFault::kUnreachable, what + ": " + why});
  };
  const auto answer = fetch(request, settings_.ca_file, stopping_);
  if (!answer) return failed(answer.error());
  if (answer->status >= 400 && answer->status < 500) {
    return std::unexpected(ExternalFailure{ExternalFault::kDeclined,
                                           what + ": answered " + std::to_string(answer->status)});
  }
  if (answer->status != 200) return failed("answered " + std::to_string(answer->status));
  auto object = parse_object(answer->body);
  if (!object) return failed("answered no JSON object");
  return *std::move(object);
}

std::optional<Places> Provider::known_places() const {
  const std::lock_guard lock(mutex_);
  return places_;
}

std::expected<Places, ExternalFailure> Provider::places() {
  const Instant now = clock_.now().steady;
  {
    const std::lock_guard lock(mutex_);
    if (places_ && now - places_at_ < limits::kOidcDiscoveryLife) return *places_;
  }
  std::string url = settings_.issuer;
  if (url.ends_with('/')) url.pop_back();
  const auto document = ask({.url = url + "/.well-known/openid-configuration"}, "discovery");
  if (!document) return std::unexpected(document.error());
  auto places = read_places(*document, settings_.issuer);
  if (!places) {
    return std::unexpected(
        ExternalFailure{ExternalFault::kUntrusted, "discovery: " + places.error()});
  }
  const std::lock_guard lock(mutex_);
  places_ = *places;
  places_at_ = now;
  return *std::move(places);
}

std::expected<std::shared_ptr<const json::object>, ExternalFailure> Provider::keys(
    const Places& places, bool again) {
  const Instant now = clock_.now().steady;
  {
    const std::lock_guard lock(mutex_);
    const Duration life = again ? Duration(limits::kOidcKeysAgain) : limits::kOidcDiscoveryLife;
    if (keys_ && now - keys_at_ < life) return keys_;
    // Before the answer, so that many who wait do not ask at once.
    if (again) keys_at_ = now;
  }
  auto fetched = ask({.url = places.keys}, "keys");
  if (!fetched) return std::unexpected(fetched.error());
  const std::lock_guard lock(mutex_);
  keys_ = std::make_shared<const json::object>(*std::move(fetched));
  keys_at_ = now;
  return keys_;
}

std::expected<json::object, ExternalFailure> Provider::claims_of(const std::string& token,
                                                                 const Places& places) {
  const auto untrusted = [](std::string why) {
    return std::unexpected(ExternalFailure{ExternalFault::kUntrusted, std::move(why)});
  };
  if (token.empty()) return untrusted("the provider gave no ID token");
  if (token.size() > limits::kOidcTokenBytes) return untrusted("the ID token is too large");
  for (const bool again : {false, true}) {
    const auto known = keys(places, again);
    if (!known) return std::unexpected(known.error());
    auto claims = verified_claims(token, **known);
    if (claims) return *std::move(claims);
    if (again || !claims.error().unknown_key) return untrusted(claims.error().why);
  }
  return untrusted("no key of the provider is the one of the ID token");
}

}  // namespace pastille::oidc
