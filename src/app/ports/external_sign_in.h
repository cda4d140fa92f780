// Signing in at a provider of identities elsewhere, as a port: oidc/ implements it with OpenID
// Connect. Thread-safe. Callbacks come on a thread of its own, or at once on the calling one when
// nothing had to be asked of the provider.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "app/sign_in_externally.h"

namespace pastille {

enum class ExternalFault : std::uint8_t {
  kUnreachable,  // the provider does not answer, or not in time
  kDeclined,     // the provider, or the person there, said no
  kUnknown,      // a sign-in that this browser did not begin, or too long ago, or used
  kUntrusted,    // what came does not prove who it is
  kBusy,         // too many wait for the provider, of all or of this address
};
// `why` is for the operator; it holds no secret and nothing that the provider said of a person.
struct ExternalFailure {
  ExternalFault fault;
  std::string why;
};

class ExternalSignIn {
 public:
  struct Begun {
    std::string location;  // where the browser goes
    std::string state;     // tells it from others of the same browser
    std::string sealed;  // what the browser keeps of it, in a cookie: whoever brings it back began
  };
  struct Returned {  // what the browser brings back
    std::string state, code, error, issuer, sealed;
    std::string from;  // its address, or those beside it: one takes no more than its share
  };
  struct Finished {
    Vouched vouched;
    std::string return_to;
  };
  template <class T>
  using Done = std::move_only_function<void(std::expected<T, ExternalFailure>)>;

  virtual ~ExternalSignIn() = default;

  virtual const std::string& name() const = 0;  // for the button
  virtual const ExternalRules& rules() const = 0;
  struct Wanted {
    std::string return_to;  // a path of ours, given back at the end
    std::string callback;   // where the provider sends the browser
    std::string from;       // as in Returned
  };
  virtual void begin(Wanted wanted, Done<Begun> done) = 0;
  // Good once: the second time it is kUnknown, and nothing is asked of the provider.
  virtual void finish(Returned returned, Done<Finished> done) = 0;
  // Where one signs out at the provider and comes back to `return_url`; nullopt: it has no such
  // place, or was not asked yet.
  virtual std::optional<std::string> end_address(const std::string& return_url) const = 0;
};

}  // namespace pastille
