#include "app/end_sessions_of.h"

#include "app/finding.h"
#include "app/leaving.h"
#include "app/recording.h"

namespace pastille {

Result<EndSessionsOf::Answer> EndSessionsOf::decide(Draft& draft, const Acting& who,
                                                    const Context& context) const {
  if (auto found = find_person(draft.now(), user); !found) {
    return std::unexpected(found.error());
  }
  if (auto may = require(who, Permission::kUsersManage); !may) {
    return std::unexpected(may.error());
  }
  sign_out_everywhere(draft, user, context);
  record(draft, who, context, "user.sign-out", to_text(user));
  return Answer{};
}

}  // namespace pastille
