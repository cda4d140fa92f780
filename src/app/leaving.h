// What ends when a person is signed out everywhere, leaves or is erased.
#pragma once

#include "app/context.h"
#include "app/draft.h"

namespace pastille {

// Ends every session, revokes every token, closes every live connection; Offline at once, without
// the grace. Never chooses a status.
void sign_out_everywhere(Draft& draft, UserId user, const Context& context);

}  // namespace pastille
