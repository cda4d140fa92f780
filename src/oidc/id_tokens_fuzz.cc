// Fuzzes what a provider sends: an ID token against keys, then its claims. Input: a token, a line's
// end, a JWKS. Nothing may crash, and nothing unsigned may pass.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "oidc/id_token.h"
#include "oidc/vouched.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pastille::oidc;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = input.find('\n');
  const std::string_view token = input.substr(0, end);
  const std::string_view rest = end == std::string_view::npos ? "" : input.substr(end + 1);
  const auto keys = parse_object(rest);
  const auto claims = verified_claims(token, keys ? *keys : boost::json::object());
  if (claims && !keys) std::abort();
  const boost::json::object told = claims ? *claims : keys ? *keys : boost::json::object();
  (void)check_claims(
      told, {.issuer = "https://id.example.org", .client_id = "desk", .nonce = "n", .now = {}});
  (void)read_vouched(told, {}, "groups");
  return 0;
}
