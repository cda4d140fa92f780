#include "oidc/sign_in.h"

#include <curl/curl.h>
#include <rhonabwy.h>
#include <sodium.h>

#include <array>
#include <boost/json.hpp>
#include <memory>
#include <stdexcept>
#include <utility>

#include "oidc/id_token.h"
#include "oidc/url.h"
#include "oidc/vouched.h"

namespace pastille::oidc {
namespace {

namespace json = boost::json;

constexpr int kVerifierBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::unexpected<ExternalFailure> failed(ExternalFault fault, std::string why) {
  return std::unexpected(ExternalFailure{fault, std::move(why)});
}

std::string challenge_of(const SecretHash& verifier) {
  std::array<char, sodium_base64_ENCODED_LEN(32, kVerifierBase64)> text{};
  sodium_bin2base64(text.data(), text.size(), verifier.data(), verifier.size(), kVerifierBase64);
  return text.data();
}

std::string basic(const std::string& name, const std::string& secret) {
  constexpr int kPlain = sodium_base64_VARIANT_ORIGINAL;
  const std::string pair = percent_encoded(name) + ":" + percent_encoded(secret);
  std::string text(sodium_base64_encoded_len(pair.size(), kPlain), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(pair.data()),
                    pair.size(), kPlain);
  text.resize(text.find('\0'));
  return "Authorization: Basic " + text;
}

// One line of a header, nothing more.
bool is_bearer(std::string_view token) {
  for (const char c : token) {
    if (c <= ' ' || c > '~') return false;
  }
  return !token.empty();
}

}  // namespace

SignIn::SignIn(Settings settings, const Clock& clock, Secrets& secrets, Key key)
    : settings_(std::move(settings)),
      clock_(clock),
      secrets_(secrets),
      key_(std::move(key)),
      provider_(settings_, clock, workers_.stopping()) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || r_global_init() != RHN_OK ||
      sodium_init() < 0) {
    throw std::runtime_error("libcurl, librhonabwy or libsodium does not start");
  }
}

void SignIn::begin(std::string return_to, std::string callback, Done<Begun> done) {
  const auto kept = std::make_shared<Done<Begun>>(std::move(done));
  Workers::Job job = [this, return_to = std::move(return_to), callback = std::move(callback),
                      kept] { (*kept)(begun(return_to, callback)); };
  if (!workers_.enqueue(job)) (*kept)(failed(ExternalFault::kBusy, "too many wait"));
}

void SignIn::finish(Returned returned, Done<Finished> done) {
  const auto key = key_();
  auto flow = key ? unseal(returned.sealed, returned.state, *key, clock_.now().wall) : std::nullopt;
  if (!flow) return done(failed(ExternalFault::kUnknown, "no sign-in of this browser is open"));
  const auto kept = std::make_shared<Done<Finished>>(std::move(done));
  Workers::Job job = [this, returned = std::move(returned), flow = *std::move(flow), kept] {
    (*kept)(finished(returned, flow));
  };
  if (!workers_.enqueue(job)) (*kept)(failed(ExternalFault::kBusy, "too many wait"));
}

std::expected<ExternalSignIn::Begun, ExternalFailure> SignIn::begun(const std::string& return_to,
                                                                    const std::string& callback) {
  const auto places = provider_.places();
  if (!places) return std::unexpected(places.error());
  const Flow flow{.nonce = secrets_.make(""),
                  .verifier = secrets_.make(""),
                  .callback = callback,
                  .return_to = return_to,
                  .begun = clock_.now().wall};
  Begun begun{.location = places->authorization, .state = secrets_.make(""), .sealed = {}};
  const auto key = key_();
  if (!key) return failed(ExternalFault::kBusy, "the organisation has no key to seal with");
  auto sealed = seal(flow, begun.state, *key);
  if (!sealed) return failed(ExternalFault::kUnknown, "our own address is endless");
  begun.sealed = *std::move(sealed);
  std::string scopes;
  for (const std::string& each : settings_.scopes) scopes += (scopes.empty() ? "" : " ") + each;
  add_parameter(begun.location, "response_type", "code");
  add_parameter(begun.location, "client_id", settings_.client_id);
  add_parameter(begun.location, "redirect_uri", callback);
  add_parameter(begun.location, "scope", scopes);
  add_parameter(begun.location, "state", begun.state);
  add_parameter(begun.location, "nonce", flow.nonce);
  // Secrets::hash is SHA-256, which S256 takes.
  add_parameter(begun.location, "code_challenge", challenge_of(secrets_.hash(flow.verifier)));
  add_parameter(begun.location, "code_challenge_method", "S256");
  return begun;
}

std::expected<json::object, ExternalFailure> SignIn::redeem(const Places& places,
                                                            const std::string& code,
                                                            const Flow& flow) {
  FetchRequest request{.url = places.token};
  request.form = "grant_type=authorization_code&code=" + percent_encoded(code) +
                 "&redirect_uri=" + percent_encoded(flow.callback) +
                 "&code_verifier=" + percent_encoded(flow.verifier);
  const bool secret = !settings_.client_secret.empty();
  if (secret && !places.secret_in_form) {
    request.fields.push_back(basic(settings_.client_id, settings_.client_secret));
  } else {
    request.form += "&client_id=" + percent_encoded(settings_.client_id);
  }
  if (secret && places.secret_in_form) {
    request.form += "&client_secret=" + percent_encoded(settings_.client_secret);
  }
  return provider_.ask(request, "token");
}

std::expected<ExternalSignIn::Finished, ExternalFailure> SignIn::finished(const Returned& returned,
                                                                          const Flow& flow) {
  if (!returned.issuer.empty() && returned.issuer != settings_.issuer) {
    return failed(ExternalFault::kUntrusted, "the answer names another issuer");
  }
  if (!returned.error.empty()) {
    return failed(ExternalFault::kDeclined, "the provider or the person declined");
  }
  const auto places = provider_.places();
  if (!places) return std::unexpected(places.error());
  const auto answer = redeem(*places, returned.code, flow);
  if (!answer) return std::unexpected(answer.error());
  const auto claims = provider_.claims_of(text_of(*answer, "id_token"), *places);
  if (!claims) return std::unexpected(claims.error());
  const Expected expected{.issuer = settings_.issuer,
                          .client_id = settings_.client_id,
                          .nonce = flow.nonce,
                          .now = clock_.now().wall};
  if (const auto sound = check_claims(*claims, expected); !sound) {
    return failed(ExternalFault::kUntrusted, "ID token: " + sound.error());
  }
  json::object userinfo;
  const std::string access = text_of(*answer, "access_token");
  if (!places->userinfo.empty() && is_bearer(access)) {
    auto told = provider_.ask(
        {.url = places->userinfo, .fields = {"Authorization: Bearer " + access}}, "userinfo");
    if (!told) return std::unexpected(told.error());
    if (text_of(*told, "sub") != text_of(*claims, "sub")) {
      return failed(ExternalFault::kUntrusted, "userinfo is of another subject");
    }
    userinfo = *std::move(told);
  }
  return Finished{.vouched = read_vouched(*claims, userinfo, settings_.groups_claim),
                  .return_to = flow.return_to};
}

std::optional<std::string> SignIn::end_address(const std::string& return_url) const {
  const auto places = provider_.known_places();
  if (!places || places->end_session.empty()) return std::nullopt;
  std::string url = places->end_session;
  add_parameter(url, "client_id", settings_.client_id);
  add_parameter(url, "post_logout_redirect_uri", return_url);
  return url;
}

}  // namespace pastille::oidc
