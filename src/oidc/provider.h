// What the provider says of itself and its keys, fetched when needed and kept: its discovery
// document for limits::kOidcDiscoveryLife, its keys as long, and until a token names an unknown
// one, for which they are fetched at most once in limits::kOidcKeysAgain. Thread-safe; the methods
// that may fetch block.
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/ports/clock.h"
#include "app/ports/external_sign_in.h"
#include "oidc/fetch.h"
#include "oidc/settings.h"

namespace pastille::oidc {

struct Places {
  std::string authorization, token, keys;
  std::string userinfo, end_session;  // "": none
  bool secret_in_form = false;        // the token place takes the secret in the form only
};
// Refuses what names another issuer, lacks a place, or names one that is not https. For the
// operator.
std::expected<Places, std::string> read_places(const boost::json::object& document,
                                               std::string_view issuer);

class Provider {
 public:
  Provider(const Settings& settings, const Clock& clock, const std::atomic<bool>& stopping)
      : settings_(settings), clock_(clock), stopping_(stopping) {}

  // Fetches when there are none or they are old.
  std::expected<Places, ExternalFailure> places();
  // As they are now, without fetching.
  std::optional<Places> known_places() const;
  // The claims of an ID token, checked against the keys; those are fetched again for an unknown
  // one.
  std::expected<boost::json::object, ExternalFailure> claims_of(const std::string& token,
                                                                const Places& places);
  // A JSON object from one of its places, 200 only.
  std::expected<boost::json::object, ExternalFailure> ask(const FetchRequest& request,
                                                          const std::string& what);

 private:
  std::expected<std::shared_ptr<const boost::json::object>, ExternalFailure> keys(
      const Places& places, bool again);

  const Settings& settings_;
  const Clock& clock_;
  const std::atomic<bool>& stopping_;
  mutable std::mutex mutex_;  // guards all below
  std::optional<Places> places_;
  Instant places_at_ = {};
  std::shared_ptr<const boost::json::object> keys_;
  Instant keys_at_ = {};
};

}  // namespace pastille::oidc
