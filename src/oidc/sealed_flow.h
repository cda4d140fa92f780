// A sign-in that was begun and not ended: what has to be remembered of it between the browser's
// going and its coming back. The browser keeps it, in a cookie, sealed with the organisation's key
// (XChaCha20-Poly1305), so that any node can end what another one began, and nobody's flood pushes
// out what others began. What is sealed cannot be read or changed outside, belongs to one state,
// and is good for limits::kOidcFlowLife on the wall clock, whose nodes may differ by less than
// that.
//
// It is not good once: that is the provider's code. Without state; needs sodium_init().
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/sessions.h"
#include "core/time.h"

namespace pastille::oidc {

struct Flow {
  std::string nonce;
  std::string verifier;  // of PKCE
  std::string callback;
  std::string return_to;
  Time begun = {};
  friend bool operator==(const Flow&, const Flow&) = default;
};

// As text that fits a cookie (base64url); nullopt: it would be longer than
// limits::kOidcSealedBytes.
std::optional<std::string> seal(const Flow& flow, std::string_view state, const SealingKey& key);
// nullopt: not sealed with this key for this state, or too old, or not yet begun.
std::optional<Flow> unseal(std::string_view sealed, std::string_view state, const SealingKey& key,
                           Time now);

// What is sealed. nullopt: not of that form.
std::string flow_bytes(const Flow& flow);
std::optional<Flow> parse_flow_bytes(std::string_view bytes);

}  // namespace pastille::oidc
