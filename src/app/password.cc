#include "app/password.h"

#include <utility>

#include "app/authority.h"
#include "app/finding.h"
#include "app/invitations.h"
#include "app/recording.h"
#include "app/sign_in.h"

namespace pastille {
namespace {

void set_hash(Draft& draft, UserId user, const std::string& hash, SessionId keep,
              const Context& context) {
  Person person = *draft.now().person(user);
  person.password_hash = hash;
  draft.change(PersonPut{std::move(person)});
  drop_invitations(draft, user);
  end_sessions(draft, user, keep, context);
}

}  // namespace

Result<bool> ChangePassword::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (const Result<void> may = require_session(who); !may) return std::unexpected(may.error());
  const Person* person = draft.now().person(who.user);
  if (person == nullptr || person->password_hash != verified_hash) {
    return refuse_field("/current_password", "The password was changed meanwhile. Try again.");
  }
  set_hash(draft, who.user, new_hash, who.session, context);
  return true;
}

Result<bool> SetPassword::decide(Draft& draft, const Acting& who, const Context& context) const {
  const auto person = find_person(draft.now(), who, user);
  if (!person) return std::unexpected(person.error());
  if (auto may = require_authority(draft.now(), who, **person); !may) {
    return std::unexpected(may.error());
  }
  set_hash(draft, user, new_hash, SessionId{}, context);
  record(draft, who, context, "user.password", to_text(user));
  return true;
}

}  // namespace pastille
