#include "app/leaving.h"

#include "app/showing.h"
#include "app/sign_in.h"
#include "app/tokens.h"

namespace pastille {

void sign_out_everywhere(Draft& draft, UserId user, const Context& context) {
  end_sessions(draft, user, SessionId{}, context);
  drop_tokens(draft, user, context);
  end_presence(draft, user, Ended{}, context);
}

}  // namespace pastille
