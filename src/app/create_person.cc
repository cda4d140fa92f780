#include "app/create_person.h"

#include <utility>

#include "app/authority.h"
#include "app/invitations.h"
#include "app/recording.h"
#include "core/limits.h"

namespace pastille {

Result<void> login_is_free(const Organisation& organisation, const Label& login, UserId besides) {
  const UserId* holder = organisation.logins.find(login.folded);
  if (holder == nullptr || *holder == besides) return {};
  const std::string& taken = organisation.person(*holder)->login.text;
  return refuse_taken(
      Problem::kLoginTaken, taken,
      "Somebody has the login \"" + taken + "\". Logins differ in more than case and accents.");
}

Result<void> external_is_free(const Organisation& organisation, const Person& person) {
  if (!person.external) return {};
  const UserId* holder = organisation.externals.find(*person.external);
  if (holder == nullptr) holder = organisation.externals_pending.find(*person.external);
  if (holder == nullptr || *holder == person.id) return {};
  const std::string& taken = organisation.person(*holder)->login.text;
  return refuse_taken(
      Problem::kLoginTaken, taken,
      "\"" + taken + "\" signs in as this subject of the provider. Take it from there first.");
}

Result<void> CreatePerson::permitted(const Organisation& organisation, const Acting& who) const {
  if (auto may = require(who, Permission::kUsersManage); !may) return may;
  return require_role(organisation, who, fields.role.value_or(RoleId{}));
}

Result<CreatePerson::Answer> CreatePerson::decide(Draft& draft, const Acting& who,
                                                  const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  Faults faults;
  if (!fields.login) faults.add("/login", "A person needs a login.", "required");
  if (!fields.display_name)
    faults.add("/display_name", "A person needs a name to show.", "required");
  if (!fields.role) faults.add("/role_id", "A person needs a role.", "required");
  Person person = patched(Person{.id = UserId{draft.now().next.user}}, fields, draft.now(),
                          context.unicode, context.calendar, faults);
  if (auto valid = faults.verdict(); !valid) return std::unexpected(valid.error());
  if (auto free = login_is_free(draft.now(), person.login); !free) {
    return std::unexpected(free.error());
  }
  if (auto free = external_is_free(draft.now(), person); !free) {
    return std::unexpected(free.error());
  }
  if (draft.now().people.size() >= limits::kPeople) {
    return refuse(Problem::kLimitReached, "There are " + std::to_string(limits::kPeople) +
                                              " people, which is the most, those who left "
                                              "included.");
  }
  person.password_hash = password_hash;
  if (!password_hash.empty()) {
    person.sign_in.password_given = Stamp{.at = context.now.wall, .by = who.author};
  }
  const bool external = person.external.has_value();
  person.rev = draft.seq();
  person.created_at = context.now.wall;
  Answer answer{.user = person.id, .invitation_expires_at = {}};
  draft.change(PersonPut{std::move(person)});
  record(draft, who, context, "user.create", to_text(answer.user));
  if (invitation_secret && !external) {
    answer.invitation_expires_at =
        invite(draft, answer.user, *invitation_secret, context).expires_at;
  }
  return answer;
}

}  // namespace pastille
