#include "app/sign_in_externally.h"

#include <string_view>
#include <utility>

#include "app/modify_person.h"
#include "app/recording.h"
#include "app/renewal.h"
#include "app/sign_in.h"
#include "core/label.h"
#include "core/language_tag.h"
#include "core/limits.h"
#include "core/login.h"

namespace pastille {
namespace {

std::size_t count(Permissions permissions) {
  std::size_t held = 0;
  for (const Permission each : kAllPermissions) held += permissions.has(each) ? 1 : 0;
  return held;
}

RoleId role_of(const Organisation& organisation, const Context& context, const ExternalRules& rules,
               const std::vector<std::string>& groups) {
  const Role* best = nullptr;
  for (const std::string& group : groups) {
    const auto named = rules.roles.find(group);
    if (named == rules.roles.end()) continue;
    const RoleId* id = organisation.role_names.find(context.unicode.fold(named->second));
    const Role* role = id == nullptr ? nullptr : organisation.role(*id);
    if (role == nullptr) continue;
    if (best == nullptr || count(role->permissions) > count(best->permissions)) best = role;
  }
  return best == nullptr ? kAgentRole : best->id;
}

// A login that nobody has, of what the provider calls them: without blanks, cut, and numbered.
Label free_login(const Organisation& organisation, const Unicode& unicode, const Vouched& vouched) {
  for (const std::string& wanted : {vouched.wanted_login, vouched.external.subject}) {
    std::string text;
    for (const char c : wanted) {
      if (c != ' ') text += c;
    }
    text = unicode.cut(unicode.tidy(text).value_or(""), limits::kLogin - 8);
    const Result<Label> plain = parse_login(text, unicode);
    if (!plain) continue;
    if (!organisation.logins.contains(plain->folded)) return *plain;
    for (std::size_t number = 2; number <= limits::kPeople + 1; ++number) {
      const Result<Label> login = parse_login(text + "-" + std::to_string(number), unicode);
      if (login && !organisation.logins.contains(login->folded)) return *login;
    }
  }
  // Neither makes a login: the number that this person gets is nobody else's.
  const std::string number = to_text(UserId{organisation.next.user});
  std::string text = "person-" + number;
  while (organisation.logins.contains(unicode.fold(text))) text += "-" + number;
  return Label{.text = text, .folded = unicode.fold(text)};
}

Label name_of(const Vouched& vouched, const Label& login, const Unicode& unicode) {
  const LabelRule rule{.pointer = "/display_name", .most = limits::kDisplayName};
  const std::string text =
      unicode.cut(unicode.tidy(vouched.name).value_or(""), limits::kDisplayName);
  Result<Label> name = parse_label(text, rule, unicode);
  if (!name) name = parse_label(unicode.cut(login.text, limits::kDisplayName), rule, unicode);
  return name ? *std::move(name) : login;
}

Result<UserId> make_person(Draft& draft, const Acting& who, const Context& context,
                           const Vouched& vouched) {
  if (draft.now().people.size() >= limits::kPeople) {
    return refuse(Problem::kLimitReached,
                  "There are " + std::to_string(limits::kPeople) +
                      " people, which is the most, those who left included.");
  }
  Person person;
  person.id = UserId{draft.now().next.user};
  person.login = free_login(draft.now(), context.unicode, vouched);
  person.display_name = name_of(vouched, person.login, context.unicode);
  person.role = kAgentRole;
  person.locale = parse_language_tag(vouched.locale).value_or("");
  person.external = vouched.external;
  person.rev = draft.seq();
  person.created_at = context.now.wall;
  const UserId id = person.id;
  draft.change(PersonPut{std::move(person)});
  record(draft, who, context, "user.create", to_text(id));
  return id;
}

void give_role(Draft& draft, const Acting& who, const Context& context, UserId user, RoleId role) {
  const Person before = *draft.now().person(user);
  if (before.role == role) return;
  if (before.role == kAdministratorRole && draft.now().active_administrators <= 1) {
    draft.change(AuditAdded{AuditItem{.at = context.now.wall,
                                      .by = who.author,
                                      .action = "user.modify",
                                      .target = to_text(user),
                                      .problem = Problem::kLastAdministrator}});
    return;
  }
  Person after = before;
  after.role = role;
  record(draft, who, context, "user.modify", to_text(user));
  put_person(draft, before, std::move(after));
}

// {}: none waits for this subject.
UserId accept_renewal(Draft& draft, const Acting& who, const Context& context,
                      const External& external) {
  const UserId user = awaiting(draft.now(), external, context.now.wall);
  if (!user || !draft.now().person(user)->active) return {};
  renew_sign_in(draft, who, context, user);
  const Person before = *draft.now().person(user);
  Person person = before;
  person.external = external;
  put_person(draft, before, std::move(person));
  return user;
}

}  // namespace

Result<SignedIn> SignInExternally::decide(Draft& draft, const Acting& who,
                                          const Context& context) const {
  const UserId* found = draft.now().externals.find(vouched.external);
  UserId user = found == nullptr ? accept_renewal(draft, who, context, vouched.external) : *found;
  if (!user && !rules.create_people) {
    return refuse(Problem::kNotFound, "Nobody here is tied to this subject of the provider.");
  }
  if (!user) {
    const Result<UserId> made = make_person(draft, who, context, vouched);
    if (!made) return std::unexpected(made.error());
    user = *made;
  }
  if (!draft.now().person(user)->active) {
    return refuse(Problem::kNotSignedIn, "This person has left.");
  }
  if (!rules.roles.empty()) {
    give_role(draft, who, context, user, role_of(draft.now(), context, rules, vouched.groups));
  }
  end_replaced_session(draft, replaces, user, context);
  return SignedIn{.user = user, .session = begin_session(draft, user, secret, user_agent, context)};
}

}  // namespace pastille
