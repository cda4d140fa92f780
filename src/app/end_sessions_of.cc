#include "app/end_sessions_of.h"

#include "app/authority.h"
#include "app/finding.h"
#include "app/leaving.h"
#include "app/recording.h"

namespace pastille {

Result<EndSessionsOf::Answer> EndSessionsOf::decide(Draft& draft, const Acting& who,
                                                    const Context& context) const {
  const Result<const Person*> found = find_person(draft.now(), who, user);
  if (!found) return std::unexpected(found.error());
  if (auto may = require_authority(draft.now(), who, **found); !may) {
    return std::unexpected(may.error());
  }
  sign_out_everywhere(draft, user, context);
  record(draft, who, context, "user.sign-out", to_text(user));
  return Answer{};
}

}  // namespace pastille
