// Sign-ins that were begun and not ended: what has to be remembered of each between the browser's
// going and its coming back. Each is good once, for limits::kOidcFlowLife, and in the browser that
// began it. Bounded: beyond limits::kOidcFlows the oldest is forgotten, so that who floods cannot
// lock everybody out for long. Thread-safe. Times on the steady clock.
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/sessions.h"
#include "core/time.h"

namespace pastille::oidc {

struct Flow {
  std::string nonce;
  std::string verifier;  // of PKCE
  std::string callback;
  std::string return_to;
  SecretHash browser{};  // of the cookie's secret
  Instant begun = {};
};

class Flows {
 public:
  void add(const SecretHash& state, Flow flow);
  // Takes the flow, so that it is good once. nullopt: unknown, over, too old, or another browser's,
  // which leaves it to its own.
  std::optional<Flow> take(const SecretHash& state, const SecretHash& browser, Instant now);
  std::size_t size() const;

 private:
  void drop_oldest();

  mutable std::mutex mutex_;  // guards both
  std::map<SecretHash, Flow> flows_;
  std::list<SecretHash> order_;  // as begun; those taken already too
};

}  // namespace pastille::oidc
