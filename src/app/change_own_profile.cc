#include "app/change_own_profile.h"

#include <utility>

#include "app/finding.h"
#include "app/modify_person.h"
#include "app/recording.h"

namespace pastille {

Result<UserId> ChangeOwnProfile::decide(Draft& draft, const Acting& who,
                                        const Context& context) const {
  const Person* found = draft.now().person(who.user);
  if (found == nullptr) return refuse(Problem::kNotSignedIn, "Sign in and try again.");
  if (auto may = require_session(who); !may) return std::unexpected(may.error());
  const Person before = *found;
  PersonPatch own = patch;
  own.login.reset();
  own.role.reset();
  own.teams.reset();
  own.active.reset();
  Faults faults;
  Person after = patched(before, own, draft.now(), context.unicode, context.calendar, faults);
  if (auto valid = faults.verdict(); !valid) return std::unexpected(valid.error());
  if (auto fresh = expect_version(expected_version, before.own_version, who.user); !fresh) {
    return std::unexpected(fresh.error());
  }
  // A name is what others know somebody by; the rest is nobody's business.
  if (after.display_name != before.display_name) {
    record(draft, who, context, "user.modify", to_text(who.user));
  }
  if (after != before) put_person(draft, before, std::move(after));
  return who.user;
}

}  // namespace pastille
