// What the provider says of itself and its keys, fetched when needed and kept: its discovery
// document for limits::kOidcDiscoveryLife, its keys as long, and until a token names an unknown
// one, for which they are fetched at most once in limits::kOidcKeysAgain. Many who need one of them
// at once are one request. All on the thread of Requests, `then` too, but known_places().
#pragma once

#include <boost/json/object.hpp>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/clock.h"
#include "app/ports/external_sign_in.h"
#include "oidc/requests.h"
#include "oidc/settings.h"

namespace pastille::oidc {

struct Places {
  std::string authorization, token, keys;
  std::string userinfo, end_session;  // "": none
  bool secret_in_form = false;        // the token place takes the secret in the form only
  bool names_issuer = false;          // in what the browser brings back (RFC 9207)
};
// Refuses what names another issuer, lacks a place, or names one that is not https; http on a
// loopback address is for an issuer there. For the operator.
std::expected<Places, std::string> read_places(const boost::json::object& document,
                                               std::string_view issuer);

class Provider {
 public:
  template <class T>
  using Then = std::move_only_function<void(std::expected<T, ExternalFailure>)>;

  Provider(const Settings& settings, const Clock& clock, Requests& requests)
      : settings_(settings), clock_(clock), requests_(requests) {}

  // Fetches when there are none or they are old.
  void places(Then<Places> then);
  // As they are now, without fetching. Any thread.
  std::optional<Places> known_places() const;
  // The claims of an ID token, checked against the keys; those are fetched again for an unknown
  // one.
  void claims_of(std::string token, const Places& places, Then<boost::json::object> then);
  // A JSON object from one of its places, 200 only.
  void ask(Request request, std::string what, Then<boost::json::object> then);

 private:
  using Keys = std::shared_ptr<const boost::json::object>;

  void learn_places(std::expected<boost::json::object, ExternalFailure> document);
  void keys(const std::string& url, bool again, Then<Keys> then);
  void check(std::string token, std::string url, bool again, Then<boost::json::object> then);

  const Settings& settings_;
  const Clock& clock_;
  Requests& requests_;
  mutable std::mutex mutex_;      // guards places_
  std::optional<Places> places_;  // written on the thread of requests_ alone
  Instant places_at_ = {};
  Keys keys_;
  Instant keys_at_ = {};
  std::vector<Then<Places>> places_wanted_;  // by those who wait for the one request
  std::vector<Then<Keys>> keys_wanted_;
};

}  // namespace pastille::oidc
