// What nodes tell each other of tried passwords, so that guessing is counted over all of them
// (app/ports/throttle.h). A wrong one is an event of its own; a right one is told in the event that
// begins its session, and only when it changed what is counted. Nothing of it is kept in a table,
// and its events are short-lived: they hold an address.
#pragma once

#include <string>

#include "app/actor.h"
#include "app/draft.h"

namespace pastille {

struct SignInPlace {
  std::string login;  // a fingerprint of the folded one: what is typed there may be a password
  std::string remote;
};

SignInTried tried(const SignInPlace& at, bool right, const Context& context);

// Given by the product, where there are several nodes. Nobody's answer depends on it.
struct TellWrongPassword {
  using Answer = bool;
  SignInPlace at;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

}  // namespace pastille
