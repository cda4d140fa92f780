#include "oidc/id_token.h"

#include <rhonabwy.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <memory>
#include <optional>

#include "core/limits.h"

namespace pastille::oidc {
namespace {

namespace json = boost::json;

struct FreeKey {
  void operator()(jwk_t* key) const { r_jwk_free(key); }
};
struct FreeSignature {
  void operator()(jws_t* signature) const { r_jws_free(signature); }
};

// Which kind of key an algorithm takes: a public RSA key is never taken for a shared secret.
struct Algorithm {
  std::string_view name;
  std::string_view key_type;
  std::string_view curve;
};
constexpr std::array<Algorithm, 4> kAlgorithms = {{{"RS256", "RSA", ""},
                                                   {"PS256", "RSA", ""},
                                                   {"ES256", "EC", "P-256"},
                                                   {"EdDSA", "OKP", "Ed25519"}}};
constexpr unsigned kRsaBits = 2048;  // the least, RFC 7518 3.3

std::unexpected<TokenFault> fault(std::string why, bool unknown_key = false) {
  return std::unexpected(TokenFault{.unknown_key = unknown_key, .why = std::move(why)});
}

std::optional<std::string> base64url(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  const int decoded = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                        text.data(), text.size(), nullptr, &length, &end,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (decoded != 0 || end != text.data() + text.size()) return std::nullopt;
  out.resize(length);
  return out;
}

bool fits(const json::object& key, const Algorithm& algorithm, const std::string& kid) {
  const std::string use = text_of(key, "use");
  const std::string alg = text_of(key, "alg");
  return text_of(key, "kty") == algorithm.key_type && (use.empty() || use == "sig") &&
         (alg.empty() || alg == algorithm.name) &&
         (algorithm.curve.empty() || text_of(key, "crv") == algorithm.curve) &&
         (kid.empty() || text_of(key, "kid") == kid);
}

// The one key that the token names, or the only one that it can be when it names none.
const json::object* key_for(const json::object& jwks, const Algorithm& algorithm,
                            const std::string& kid) {
  const json::value* keys = jwks.if_contains("keys");
  if (keys == nullptr || !keys->is_array()) return nullptr;
  const json::object* found = nullptr;
  for (const json::value& each : keys->get_array()) {
    if (!each.is_object() || !fits(each.get_object(), algorithm, kid)) continue;
    if (found != nullptr) return nullptr;
    found = &each.get_object();
  }
  return found;
}

// Only what the signature needs: nothing in it can make the library fetch anything.
std::unique_ptr<jwk_t, FreeKey> import_key(const json::object& key) {
  json::object bare;
  for (const std::string_view name : {"kty", "n", "e", "crv", "x", "y"}) {
    if (const json::value* value = key.if_contains(name)) bare[name] = *value;
  }
  jwk_t* made = nullptr;
  if (r_jwk_init(&made) != RHN_OK) return nullptr;
  std::unique_ptr<jwk_t, FreeKey> imported(made);
  if (r_jwk_import_from_json_str(made, json::serialize(bare).c_str()) != RHN_OK) return nullptr;
  unsigned bits = 0;
  const int type = r_jwk_key_type(made, &bits, R_FLAG_IGNORE_REMOTE);
  if ((type & R_KEY_TYPE_RSA) != 0 && bits < kRsaBits) return nullptr;
  return imported;
}

bool is_signed_by(std::string_view token, jwk_t* key) {
  jws_t* made = nullptr;
  if (r_jws_init(&made) != RHN_OK) return false;
  const std::unique_ptr<jws_t, FreeSignature> signature(made);
  return r_jws_advanced_compact_parsen(made, token.data(), token.size(), R_PARSE_NONE,
                                       R_FLAG_IGNORE_REMOTE) == RHN_OK &&
         r_jws_verify_signature(made, key, R_FLAG_IGNORE_REMOTE) == RHN_OK;
}

std::optional<double> number_of(const json::object& claims, std::string_view name) {
  const json::value* value = claims.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const auto number = value->to_number<double>();
  // Far beyond any date, and exact.
  return std::abs(number) < 1e12 ? std::optional(number) : std::nullopt;
}

bool is_for(const json::object& claims, std::string_view client_id) {
  const json::value* audience = claims.if_contains("aud");
  if (audience == nullptr) return false;
  const std::string azp = text_of(claims, "azp");
  if (claims.contains("azp") && azp != client_id) return false;
  if (audience->is_string()) return audience->get_string() == client_id;
  if (!audience->is_array()) return false;
  const json::array& all = audience->get_array();
  // Of several, one says for whom it was made.
  if (all.size() > 1 && azp.empty()) return false;
  return std::ranges::any_of(all, [&](const json::value& each) {
    return each.is_string() && each.get_string() == client_id;
  });
}

}  // namespace

std::optional<json::object> parse_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = limits::kJsonDepth;
  boost::system::error_code error;
  json::value value = json::parse(text, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::expected<json::object, TokenFault> verified_claims(std::string_view token,
                                                        const json::object& jwks) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return fault("the ID token is no signed token of three parts");
  }
  const auto header_text = base64url(token.substr(0, first));
  const auto header = header_text ? parse_object(*header_text) : std::nullopt;
  if (!header) return fault("the head of the ID token cannot be read");
  const std::string name = text_of(*header, "alg");
  const auto algorithm = std::ranges::find(kAlgorithms, name, &Algorithm::name);
  if (algorithm == kAlgorithms.end()) {
    return fault(
        "the ID token is signed in a way that is not taken: RS256, PS256, ES256, EdDSA are");
  }
  if (header->contains("crit") || header->contains("zip") || header->contains("b64")) {
    return fault("the head of the ID token asks for extensions");
  }
  const json::object* key = key_for(jwks, *algorithm, text_of(*header, "kid"));
  if (key == nullptr) return fault("no key of the provider is the one of the ID token", true);
  const auto imported = import_key(*key);
  if (!imported) return fault("the provider's key cannot be used (RSA takes 2048 bits)");
  if (!is_signed_by(token, imported.get())) return fault("the ID token's signature is wrong");
  const auto payload = base64url(token.substr(first + 1, second - first - 1));
  auto claims = payload ? parse_object(*payload) : std::nullopt;
  if (!claims) return fault("the claims of the ID token cannot be read");
  return *std::move(claims);
}

std::expected<void, std::string> check_claims(const json::object& claims,
                                              const Expected& expected) {
  const auto wrong = [](std::string why) { return std::unexpected(std::move(why)); };
  if (text_of(claims, "iss") != expected.issuer) return wrong("iss is another issuer");
  const std::string subject = text_of(claims, "sub");
  if (subject.empty() || subject.size() > limits::kSubjectBytes ||
      std::ranges::any_of(subject, [](char c) { return c < ' ' || c > '~'; })) {
    return wrong("sub is none of 1 to 255 characters of ASCII");
  }
  if (!is_for(claims, expected.client_id)) return wrong("aud or azp is another client");
  const double now = static_cast<double>(
      std::chrono::floor<std::chrono::seconds>(expected.now.time_since_epoch()).count());
  const auto leeway = static_cast<double>(kLeeway.count());
  const auto expires = number_of(claims, "exp");
  if (!expires || now >= *expires + leeway) return wrong("exp is over; compare the clocks");
  const auto issued = number_of(claims, "iat");
  if (!issued || *issued > now + leeway) return wrong("iat lies ahead; compare the clocks");
  const auto from = number_of(claims, "nbf");
  if (claims.contains("nbf") && (!from || *from > now + leeway)) {
    return wrong("nbf lies ahead; compare the clocks");
  }
  if (text_of(claims, "nonce") != expected.nonce) return wrong("nonce is another sign-in's");
  return {};
}

}  // namespace pastille::oidc
