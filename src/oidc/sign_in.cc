#include "oidc/sign_in.h"

#include <sodium.h>

#include <array>
#include <boost/json.hpp>
#include <memory>
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

struct SignIn::Beginning {
  Wanted wanted;
  Done<Begun> done;
  Turns::Turn turn;
};

// One sign-in on its way back.
struct SignIn::Ending {
  void fail(ExternalFailure failure) { done(std::unexpected(std::move(failure))); }
  void fail(ExternalFault fault, std::string why) { fail(ExternalFailure{fault, std::move(why)}); }

  Returned returned;
  Flow flow;
  Done<Finished> done;
  Turns::Turn turn;
  Places places = {};
  json::object claims = {};
};

SignIn::SignIn(Settings settings, const Clock& clock, Secrets& secrets, Key key)
    : settings_(std::move(settings)),
      clock_(clock),
      secrets_(secrets),
      key_(std::move(key)),
      requests_(settings_.ca_file),
      provider_(settings_, clock, requests_) {}

void SignIn::begin(Wanted wanted, Done<Begun> done) {
  auto turn = turns_.take(wanted.from);
  if (turn == nullptr) return done(failed(ExternalFault::kBusy, "too many wait"));
  const auto beginning = std::make_shared<Beginning>(std::move(wanted), std::move(done), turn);
  requests_.run([this, beginning] {
    provider_.places([this, beginning](std::expected<Places, ExternalFailure> places) {
      beginning->done(places ? begun(beginning->wanted, *places)
                             : std::unexpected(std::move(places.error())));
    });
  });
}

void SignIn::finish(Returned returned, Done<Finished> done) {
  const Now now = clock_.now();
  const auto key = key_();
  auto flow = key ? unseal(returned.sealed, returned.state, *key, now.wall) : std::nullopt;
  if (!flow) return done(failed(ExternalFault::kUnknown, "no sign-in of this browser is open"));
  auto turn = turns_.take(returned.from);
  if (turn == nullptr) return done(failed(ExternalFault::kBusy, "too many wait"));
  if (!used_.use(secrets_.hash(returned.state), now.steady)) {
    return done(failed(ExternalFault::kUnknown, "this sign-in has been used"));
  }
  if (!returned.issuer.empty() && returned.issuer != settings_.issuer) {
    return done(failed(ExternalFault::kUntrusted, "the answer names another issuer"));
  }
  if (!returned.error.empty()) {
    return done(failed(ExternalFault::kDeclined, "the provider or the person declined"));
  }
  const auto ending = std::make_shared<Ending>(std::move(returned), *std::move(flow),
                                               std::move(done), std::move(turn));
  requests_.run([this, ending] {
    provider_.places([this, ending](std::expected<Places, ExternalFailure> places) {
      if (!places) return ending->fail(std::move(places.error()));
      ending->places = *std::move(places);
      redeem(ending);
    });
  });
}

std::expected<ExternalSignIn::Begun, ExternalFailure> SignIn::begun(const Wanted& wanted,
                                                                    const Places& places) {
  const Flow flow{.nonce = secrets_.make("").reveal(),
                  .verifier = secrets_.make("").reveal(),
                  .callback = wanted.callback,
                  .return_to = wanted.return_to,
                  .begun = clock_.now().wall};
  Begun begun{.location = places.authorization, .state = secrets_.make("").reveal(), .sealed = {}};
  const auto key = key_();
  if (!key) return failed(ExternalFault::kBusy, "the organisation has no key to seal with");
  auto sealed = seal(flow, begun.state, *key);
  if (!sealed) return failed(ExternalFault::kUnknown, "our own address is endless");
  begun.sealed = *std::move(sealed);
  std::string scopes;
  for (const std::string& each : settings_.scopes) scopes += (scopes.empty() ? "" : " ") + each;
  add_parameter(begun.location, "response_type", "code");
  add_parameter(begun.location, "client_id", settings_.client_id);
  add_parameter(begun.location, "redirect_uri", wanted.callback);
  add_parameter(begun.location, "scope", scopes);
  add_parameter(begun.location, "state", begun.state);
  add_parameter(begun.location, "nonce", flow.nonce);
  // Secrets::hash is SHA-256, which S256 takes.
  add_parameter(begun.location, "code_challenge", challenge_of(secrets_.hash(flow.verifier)));
  add_parameter(begun.location, "code_challenge_method", "S256");
  return begun;
}

Request SignIn::token_request(const Ending& ending) const {
  const Places& places = ending.places;
  Request request{.url = places.token};
  request.form = "grant_type=authorization_code&code=" + percent_encoded(ending.returned.code) +
                 "&redirect_uri=" + percent_encoded(ending.flow.callback) +
                 "&code_verifier=" + percent_encoded(ending.flow.verifier);
  const bool secret = !settings_.client_secret.empty();
  if (secret && !places.secret_in_form) {
    request.fields.push_back(basic(settings_.client_id, settings_.client_secret));
  } else {
    request.form += "&client_id=" + percent_encoded(settings_.client_id);
  }
  if (secret && places.secret_in_form) {
    request.form += "&client_secret=" + percent_encoded(settings_.client_secret);
  }
  return request;
}

void SignIn::redeem(std::shared_ptr<Ending> ending) {
  if (ending->places.names_issuer && ending->returned.issuer.empty()) {
    return ending->fail(ExternalFault::kUntrusted, "the answer names no issuer");
  }
  Request request = token_request(*ending);
  provider_.ask(std::move(request), "token",
                [this, ending](std::expected<json::object, ExternalFailure> answer) {
                  if (!answer) return ending->fail(std::move(answer.error()));
                  check_token(ending, text_of(*answer, "id_token"),
                              text_of(*answer, "access_token"));
                });
}

void SignIn::check_token(std::shared_ptr<Ending> ending, std::string token, std::string access) {
  provider_.claims_of(
      std::move(token), ending->places,
      [this, ending,
       access = std::move(access)](std::expected<json::object, ExternalFailure> claims) {
        if (!claims) return ending->fail(std::move(claims.error()));
        const Expected expected{.issuer = settings_.issuer,
                                .client_id = settings_.client_id,
                                .nonce = ending->flow.nonce,
                                .now = clock_.now().wall};
        if (const auto sound = check_claims(*claims, expected); !sound) {
          return ending->fail(ExternalFault::kUntrusted, "ID token: " + sound.error());
        }
        ending->claims = *std::move(claims);
        ask_userinfo(ending, access);
      });
}

void SignIn::ask_userinfo(std::shared_ptr<Ending> ending, const std::string& access) {
  if (ending->places.userinfo.empty() || !is_bearer(access)) return vouch(*ending, {});
  Request request{.url = ending->places.userinfo, .fields = {"Authorization: Bearer " + access}};
  provider_.ask(std::move(request), "userinfo",
                [this, ending](std::expected<json::object, ExternalFailure> told) {
                  if (!told) return ending->fail(std::move(told.error()));
                  if (text_of(*told, "sub") != text_of(ending->claims, "sub")) {
                    return ending->fail(ExternalFault::kUntrusted,
                                        "userinfo is of another subject");
                  }
                  vouch(*ending, *told);
                });
}

void SignIn::vouch(Ending& ending, const json::object& userinfo) {
  ending.done(Finished{.vouched = read_vouched(ending.claims, userinfo, settings_.groups_claim),
                       .return_to = ending.flow.return_to});
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
