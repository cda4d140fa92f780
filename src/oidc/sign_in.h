// Signing in with OpenID Connect: authorization code with PKCE (S256), state and nonce of 256
// random bits, within 10 minutes, in the browser that began and at any node; once. Keeps nothing
// between beginning and end but that it has ended. Thread-safe; no thread waits for the provider.
#pragma once

#include "app/ports/clock.h"
#include "app/ports/external_sign_in.h"
#include "app/ports/identity.h"
#include "oidc/provider.h"
#include "oidc/requests.h"
#include "oidc/sealed_flow.h"
#include "oidc/settings.h"
#include "oidc/turns.h"
#include "oidc/used_flows.h"

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
  void begin(Wanted wanted, Done<Begun> done) override;
  void finish(Returned returned, Done<Finished> done) override;
  std::optional<std::string> end_address(const std::string& return_url) const override;

  // What waits is dropped, what is asked of the provider ends.
  void stop() { requests_.stop(); }

 private:
  struct Beginning;
  struct Ending;
  std::expected<Begun, ExternalFailure> begun(const Wanted& wanted, const Places& places);
  // One step after the other, each when the one before was answered.
  void redeem(std::shared_ptr<Ending> ending);
  void check_token(std::shared_ptr<Ending> ending, std::string token, std::string access);
  void ask_userinfo(std::shared_ptr<Ending> ending, const std::string& access);
  void vouch(Ending& ending, const boost::json::object& userinfo);
  Request token_request(const Ending& ending) const;

  const Settings settings_;
  const Clock& clock_;
  Secrets& secrets_;
  const Key key_;
  Turns turns_;
  UsedFlows used_;
  Requests requests_;
  Provider provider_;
};

}  // namespace pastille::oidc
