#include "app/invitations.h"

#include <utility>
#include <vector>

#include "app/authority.h"
#include "app/finding.h"
#include "app/known_places.h"
#include "app/recording.h"
#include "app/renewal.h"
#include "app/sign_in.h"
#include "app/tokens.h"
#include "core/faults.h"
#include "core/limits.h"
#include "core/login.h"

namespace pastille {
namespace {

std::unexpected<Refusal> gone() {
  return refuse(Problem::kNotFound,
                "This link has been used, replaced or has run out. Ask an administrator for a new "
                "one; for the first administrator the server prints one when it starts.");
}

Result<UserId> first_administrator(Draft& draft, const AcceptInvitation& command,
                                   const Context& context) {
  Faults faults;
  const auto login = faults.take(parse_login(command.login.value_or(""), context.unicode));
  const auto name = faults.take(
      parse_label(command.display_name.value_or(""),
                  {.pointer = "/display_name", .most = limits::kDisplayName}, context.unicode));
  if (const Result<void> verdict = faults.verdict(); !verdict) {
    return std::unexpected(verdict.error());
  }
  if (draft.now().logins.contains(login->folded)) {
    return refuse(Problem::kLoginTaken, "Somebody has this login already. Choose another.");
  }
  Person person;
  person.id = UserId{draft.now().next.user};
  person.login = *login;
  person.display_name = *name;
  person.role = kAdministratorRole;
  person.locale = command.locale;
  person.rev = draft.seq();
  person.created_at = context.now.wall;
  const UserId id = person.id;
  draft.change(PersonPut{std::move(person)});
  return id;
}

Invitation put_invitation(Draft& draft, UserId user, const SecretHash& secret,
                          const Context& context) {
  const Invitation invitation{.id = InvitationId{draft.now().next.invitation},
                              .user = user,
                              .secret = secret,
                              .expires_at = context.now.wall + limits::kInvitationLife};
  draft.change(InvitationPut{invitation});
  return invitation;
}

// Of one person's; UserId{}: of those for the first administrator.
template <class Which>
void drop_where(Draft& draft, UserId user, Which which) {
  std::vector<InvitationId> dropped;
  const Organisation& now = draft.now();
  now.invitations_of.for_each_from(std::pair(user, InvitationId{}), [&](const auto& key, bool) {
    if (key.first != user) return false;
    if (which(**now.invitations.find(key.second))) dropped.push_back(key.second);
    return true;
  });
  for (const InvitationId each : dropped) draft.change(InvitationDropped{each});
}

}  // namespace

// Of what an earlier version made nobody knows by whom: by somebody else, then.
bool is_renewal(const Organisation& organisation, const Invitation& invitation) {
  const Person* person = organisation.person(invitation.user);
  if (person == nullptr || !person->sign_in.first_at) return false;
  const auto& pending = person->sign_in.pending;
  return !pending || pending->made.by.user != person->id;
}

Invitation invite(Draft& draft, UserId user, const SecretHash& secret, const Context& context) {
  drop_invitations(draft, user);
  return put_invitation(draft, user, secret, context);
}

void drop_invitations(Draft& draft, UserId user) {
  drop_where(draft, user, [](const Invitation&) { return true; });
  drop_pending_renewal(draft, user);
}

const Invitation* open_invitation(const Organisation& organisation, const SecretHash& secret,
                                  Time now) {
  const InvitationId* id = organisation.invitation_secrets.find(secret);
  if (id == nullptr) return nullptr;
  const Invitation& found = **organisation.invitations.find(*id);
  if (found.expires_at <= now) return nullptr;
  if (!found.user) return organisation.active_administrators == 0 ? &found : nullptr;
  const Person* person = organisation.person(found.user);
  const bool open = person != nullptr && person->active && !person->erased && !person->external;
  return open ? &found : nullptr;
}

Result<void> InvitePerson::permitted(const Organisation& organisation, const Acting& who) const {
  const Result<const Person*> person = find_person(organisation, who, user);
  if (!person) return std::unexpected(person.error());
  return require_authority(organisation, who, **person);
}

Result<Invitation> InvitePerson::decide(Draft& draft, const Acting& who,
                                        const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  const Person person = *draft.now().person(user);
  if (!person.active) {
    return refuse_field("/active", "This person has left. Make them active first.");
  }
  if (person.external) {
    return refuse(
        Problem::kExternalSignIn,
        "This person signs in at the provider of identities and gets no link. Remove that "
        "tie first, or have their sign-in renewed there.");
  }
  Invitation invitation = invite(draft, user, secret, context);
  const PendingRenewal renewal{.made = {.at = context.now.wall, .by = who.author},
                               .expires_at = invitation.expires_at,
                               .external = {}};
  if (auto told = announce_renewal(draft, who, context, user, renewal); !told) {
    return std::unexpected(told.error());
  }
  return invitation;
}

Result<std::optional<Invitation>> InviteFirstAdministrator::decide(Draft& draft, const Acting& who,
                                                                   const Context& context) const {
  if (who.author.kind == Author::Kind::kPerson) {
    return refuse(Problem::kNotFound, "The first administrator is made on the machine itself.");
  }
  if (draft.now().active_administrators > 0) return std::nullopt;
  const Time together =
      context.now.wall + limits::kInvitationLife - Duration(limits::kFirstLinksTogether);
  drop_where(draft, UserId{}, [&](const Invitation& each) { return each.expires_at <= together; });
  return put_invitation(draft, UserId{}, secret, context);
}

Result<SignedIn> AcceptInvitation::decide(Draft& draft, const Acting& who,
                                          const Context& context) const {
  const Invitation* found = open_invitation(draft.now(), secret, context.now.wall);
  if (found == nullptr) return gone();
  UserId user = found->user;
  const bool renewal = is_renewal(draft.now(), *found);
  const bool with_code = renewal && recovery_code;
  if (with_code) {
    const auto& known = draft.now().person(user)->sign_in.recovery;
    if (!known || known->hash != *recovery_code) {
      return refuse_field("/recovery_code",
                          "This is not the recovery code. Look again, or go on without it.");
    }
  }
  if (renewal && !with_code) renew_sign_in(draft, who, context, user);
  drop_invitations(draft, user);
  if (!user) {
    const Result<UserId> made = first_administrator(draft, *this, context);
    if (!made) return std::unexpected(made.error());
    user = *made;
    record(draft, who, context, "user.first-administrator", to_text(user));
  } else if (login || display_name) {
    Faults faults;
    if (login) faults.add("/login", "Your login is set already; send the password alone.");
    if (display_name)
      faults.add("/display_name", "Your name is set already; send the password alone.");
    return std::unexpected(faults.verdict().error());
  }
  Person person = *draft.now().person(user);
  // A first password ends nothing: tokens may have been prepared for it on the machine.
  const bool anew = person.sign_in.first_at.has_value();
  person.password_hash = password_hash;
  person.sign_in.password_given.reset();
  if (with_code) person.sign_in.recovery.reset();
  ++person.own_version;
  draft.change(PersonPut{std::move(person)});
  if (place != 0) remember_place(draft, user, place);
  end_replaced_session(draft, replaces, user, context);
  end_sessions(draft, user, SessionId{}, context);
  if (anew && !with_code) drop_tokens(draft, user, context);
  return SignedIn{.user = user,
                  .session = begin_session(draft, user, session_secret, user_agent, context)};
}

}  // namespace pastille
