#include "app/sign_in_tried.h"

namespace pastille {

SignInTried tried(const SignInPlace& at, bool right, const Context& context) {
  return {.node = context.node, .login = at.login, .remote = at.remote, .right = right};
}

Result<bool> TellWrongPassword::decide(Draft& draft, const Acting&, const Context& context) const {
  draft.change(tried(at, false, context));
  return true;
}

}  // namespace pastille
