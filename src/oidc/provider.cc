#include "oidc/provider.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

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
  const auto sound = [&](const std::string& url) {
    return is_sound_url(url) && (url.starts_with("https://") || !issuer.starts_with("https://"));
  };
  for (const std::string* each : {&places.authorization, &places.token, &places.keys}) {
    if (!sound(*each)) {
      return std::unexpected(
          "its discovery document lacks an https address of authorization_endpoint, "
          "token_endpoint or jwks_uri");
    }
  }
  for (const std::string* each : {&places.userinfo, &places.end_session}) {
    if (!each->empty() && !sound(*each)) {
      return std::unexpected("its discovery document names an address that is not https");
    }
  }
  constexpr std::string_view kMethods = "token_endpoint_auth_methods_supported";
  places.secret_in_form = !lists(document, kMethods, "client_secret_basic") &&
                          lists(document, kMethods, "client_secret_post");
  const json::value* names = document.if_contains("authorization_response_iss_parameter_supported");
  places.names_issuer = names != nullptr && names->is_bool() && names->get_bool();
  return places;
}

void Provider::ask(Request request, std::string what, Then<json::object> then) {
  requests_.ask(std::move(request), [what = std::move(what), then = std::move(then)](
                                        std::expected<Answer, std::string> answer) mutable {
    const auto failed = [&](ExternalFault fault, const std::string& why) {
      then(std::unexpected(ExternalFailure{fault, what + ": " + why}));
    };
    if (!answer) return failed(ExternalFault::kUnreachable, answer.error());
    const std::string status = "answered " + std::to_string(answer->status);
    if (answer->status >= 400 && answer->status < 500) {
      return failed(ExternalFault::kDeclined, status);
    }
    if (answer->status != 200) return failed(ExternalFault::kUnreachable, status);
    auto object = parse_object(answer->body);
    if (!object) return failed(ExternalFault::kUnreachable, "answered no JSON object");
    then(*std::move(object));
  });
}

std::optional<Places> Provider::known_places() const {
  const std::lock_guard lock(mutex_);
  return places_;
}

void Provider::places(Then<Places> then) {
  if (places_ && clock_.now().steady - places_at_ < limits::kOidcDiscoveryLife) {
    return then(*places_);
  }
  places_wanted_.push_back(std::move(then));
  if (places_wanted_.size() > 1) return;
  std::string url = settings_.issuer;
  if (url.ends_with('/')) url.pop_back();
  ask({.url = url + "/.well-known/openid-configuration"}, "discovery",
      [this](auto document) { learn_places(std::move(document)); });
}

void Provider::learn_places(std::expected<json::object, ExternalFailure> document) {
  std::expected<Places, ExternalFailure> learnt;
  if (!document) {
    learnt = std::unexpected(std::move(document.error()));
  } else if (auto places = read_places(*document, settings_.issuer)) {
    learnt = *std::move(places);
    const std::lock_guard lock(mutex_);
    places_ = *learnt;
    places_at_ = clock_.now().steady;
  } else {
    learnt =
        std::unexpected(ExternalFailure{ExternalFault::kUntrusted, "discovery: " + places.error()});
  }
  for (auto& then : std::exchange(places_wanted_, {})) then(learnt);
}

void Provider::keys(const std::string& url, bool again, Then<Keys> then) {
  const Instant now = clock_.now().steady;
  const Duration life = again ? Duration(limits::kOidcKeysAgain) : limits::kOidcDiscoveryLife;
  if (keys_ && now - keys_at_ < life) return then(keys_);
  keys_wanted_.push_back(std::move(then));
  if (keys_wanted_.size() > 1) return;
  ask({.url = url}, "keys", [this](std::expected<json::object, ExternalFailure> fetched) {
    std::expected<Keys, ExternalFailure> known;
    if (fetched) {
      keys_ = std::make_shared<const json::object>(*std::move(fetched));
      keys_at_ = clock_.now().steady;
      known = keys_;
    } else {
      known = std::unexpected(std::move(fetched.error()));
    }
    for (auto& wanted : std::exchange(keys_wanted_, {})) wanted(known);
  });
}

void Provider::claims_of(std::string token, const Places& places, Then<json::object> then) {
  const auto untrusted = [&](std::string why) {
    then(std::unexpected(ExternalFailure{ExternalFault::kUntrusted, std::move(why)}));
  };
  if (token.empty()) return untrusted("the provider gave no ID token");
  if (token.size() > limits::kOidcTokenBytes) return untrusted("the ID token is too large");
  check(std::move(token), places.keys, false, std::move(then));
}

void Provider::check(std::string token, std::string url, bool again, Then<json::object> then) {
  keys(url, again,
       [this, token = std::move(token), url, again,
        then = std::move(then)](std::expected<Keys, ExternalFailure> known) mutable {
         if (!known) return then(std::unexpected(std::move(known.error())));
         auto claims = verified_claims(token, **known);
         if (claims) return then(*std::move(claims));
         if (!again && claims.error().unknown_key) {
           return check(std::move(token), std::move(url), true, std::move(then));
         }
         then(std::unexpected(
             ExternalFailure{ExternalFault::kUntrusted, std::move(claims.error().why)}));
       });
}

}  // namespace pastille::oidc
