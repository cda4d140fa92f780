// Signing in with OpenID Connect: authorization code with PKCE (S256), state and nonce of 256
// random bits, within 10 minutes, in the browser that began and at any node; once, as the
// provider's code is. Keeps nothing between beginning and end. Thread-safe; what waits for the
// provider does so on threads of its own.
#pragma once

#include "app/ports/clock.h"
#include "app/ports/external_sign_in.h"
#include "app/ports/identity.h"
#include "oidc/provider.h"
#include "oidc/sealed_flow.h"
#include "oidc/settings.h"
#include "oidc/workers.h"

namespace pastille::oidc {

class SignIn final : public ExternalSignIn {
 public:
  // The organisation's at this moment; thread-safe. nullopt: none, then nothing begins.
  using Key = std::function<std::optional<SealingKey>()>;
  // `clock`, `secrets` and what `key` holds outlive it.
  SignIn(Settings settings, const Clock& clock, Secrets& secrets, Key key);
  ~SignIn() override { stop(); }
  SignIn(const SignIn&) = delete;
  SignIn& operator=(const SignIn&) = delete;

  const std::string& name() const override { return settings_.name; }
  const ExternalRules& rules() const override { return settings_.rules; }
  void begin(std::string return_to, std::string callback, Done<Begun> done) override;
  void finish(Returned returned, Done<Finished> done) override;
  std::optional<std::string> end_address(const std::string& return_url) const override;

  // What waits is dropped, what is asked of the provider ends.
  void stop() { workers_.stop(); }

 private:
  std::expected<Begun, ExternalFailure> begun(const std::string& return_to,
                                              const std::string& callback);
  std::expected<Finished, ExternalFailure> finished(const Returned& returned, const Flow& flow);
  std::expected<boost::json::object, ExternalFailure> redeem(const Places& places,
                                                             const std::string& code,
                                                             const Flow& flow);

  const Settings settings_;
  const Clock& clock_;
  Secrets& secrets_;
  const Key key_;
  Workers workers_;
  Provider provider_;
};

}  // namespace pastille::oidc
