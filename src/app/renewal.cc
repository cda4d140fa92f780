#include "app/renewal.h"

#include <algorithm>
#include <string>
#include <utility>

#include "app/invitations.h"
#include "app/leaving.h"
#include "app/recording.h"
#include "app/showing.h"
#include "core/limits.h"

namespace pastille {
namespace {

// Puts what `edit` makes of it. It is not what administrators edit: their version stays.
template <class Edit>
void edit_record(Draft& draft, UserId user, Edit edit) {
  Person person = *draft.now().person(user);
  edit(person.sign_in);
  ++person.own_version;
  draft.change(PersonPut{std::move(person)});
}

Result<void> count_renewal(Draft& draft, const Acting& who, const Context& context) {
  const Person* maker = draft.now().person(who.user);
  if (maker == nullptr) return {};  // the machine's operator
  const Time now = context.now.wall;
  std::vector<Time> made = maker->sign_in.renewals_made;
  std::erase_if(made, [&](Time at) { return at + limits::kRenewalsWithin <= now || at > now; });
  if (made.size() >= limits::kRenewals) {
    const auto wait =
        std::chrono::ceil<std::chrono::seconds>(made.front() + limits::kRenewalsWithin - now);
    return std::unexpected(
        Refusal{.problem = Problem::kTooMany,
                .detail = "You renewed the sign-in of " + std::to_string(limits::kRenewals) +
                          " people within an hour, which is the most. Go on later, or ask somebody "
                          "else who manages users.",
                .retry_after = wait});
  }
  made.push_back(now);
  edit_record(draft, who.user, [&](SignInRecord& record) { record.renewals_made = made; });
  return {};
}

// What was written before is not theirs to be reminded of. Marks stay: nothing is said to partners.
void forget_unread(Draft& draft, UserId user) {
  std::vector<Conversation> counted;
  const Organisation& organisation = draft.now();
  organisation.conversation_of.for_each_from(
      std::pair(user, UserId{}), [&](const std::pair<UserId, UserId>& pair, ConversationId id) {
        if (pair.first != user) return false;
        const Conversation* found = organisation.conversation(id);
        if (found != nullptr && found->unread[found->side(user)] != 0) counted.push_back(*found);
        return true;
      });
  for (Conversation& each : counted) {
    each.unread[each.side(user)] = 0;
    draft.change(ConversationPut{std::move(each)});
  }
}

// Erased as by the person, down to what a next arrival would remember.
void forget_shown(Draft& draft, UserId user, const Context& context) {
  draft.change(OwnHistoryErased{user});
  const Presence* shown = draft.now().presence(user);
  if (shown == nullptr) return;
  const Entry entry = shown->entry;
  const Time last_step = shown->last_step;
  draft.change(EntryPut{.user = user,
                        .entry = entry,
                        .pending = {},
                        .last_chosen = system_status(StatusType::kConnected)});
  add_to_history(draft, user, entry, context, std::max(context.now.wall, last_step));
}

}  // namespace

bool takes_a_renewal(const Person& person, const Acting& who) {
  return person.sign_in.first_at && who.user != person.id;
}

const PendingRenewal* open_renewal(const Person& person, Time now) {
  const auto& pending = person.sign_in.pending;
  const bool open = pending && person.sign_in.first_at && pending->expires_at > now &&
                    pending->made.by.user != person.id;
  return open ? &*pending : nullptr;
}

UserId awaiting(const Organisation& organisation, const External& external, Time now) {
  const UserId* user = organisation.externals_pending.find(external);
  if (user == nullptr) return {};
  return open_renewal(*organisation.person(*user), now) == nullptr ? UserId{} : *user;
}

Result<void> announce_renewal(Draft& draft, const Acting& who, const Context& context, UserId user,
                              const PendingRenewal& renewal) {
  const bool renews = takes_a_renewal(*draft.now().person(user), who);
  if (renews) {
    if (auto counted = count_renewal(draft, who, context); !counted) return counted;
  }
  edit_record(draft, user, [&](SignInRecord& record) { record.pending = renewal; });
  record(draft, who, context, renews ? "user.renew" : "user.invite", to_text(user));
  return {};
}

void drop_pending_renewal(Draft& draft, UserId user) {
  const Person* person = draft.now().person(user);
  if (person == nullptr || !person->sign_in.pending) return;
  edit_record(draft, user, [](SignInRecord& record) { record.pending.reset(); });
}

void renew_sign_in(Draft& draft, const Acting& who, const Context& context, UserId user) {
  // A link of an earlier version does not say who made it.
  const auto pending = draft.now().person(user)->sign_in.pending;
  const Author by = pending ? pending->made.by : Author{};
  sign_out_everywhere(draft, user, context);
  drop_invitations(draft, user);
  forget_shown(draft, user, context);
  forget_unread(draft, user);
  Person person = *draft.now().person(user);
  person.sign_in.renewed = Stamp{.at = context.now.wall, .by = by};
  person.sign_in.renewal_agreed = false;
  person.sign_in.reads_from = MessageId{draft.now().next.message};
  person.sign_in.recovery.reset();
  ++person.own_version;
  person.rev = draft.seq();
  draft.change(PersonPut{std::move(person)});
  record(draft, who, context, "user.renewal-accepted", to_text(user));
}

Result<bool> VoidRenewal::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (auto may = require_session(who); !may) return std::unexpected(may.error());
  const Person* person = draft.now().person(who.user);
  if (person == nullptr || open_renewal(*person, context.now.wall) == nullptr) {
    return refuse(Problem::kNotFound, "No renewal of your sign-in waits to be accepted.");
  }
  drop_invitations(draft, who.user);
  record(draft, who, context, "user.renewal-void", to_text(who.user));
  return true;
}

Result<bool> AgreeToRenewal::decide(Draft& draft, const Acting& who, const Context&) const {
  if (auto may = require_session(who); !may) return std::unexpected(may.error());
  const Person* person = draft.now().person(who.user);
  if (person == nullptr || !person->sign_in.renewed || person->sign_in.renewal_agreed) {
    return refuse(Problem::kNotFound, "No renewal of your sign-in is to be agreed to.");
  }
  edit_record(draft, who.user, [](SignInRecord& record) { record.renewal_agreed = true; });
  return true;
}

Result<void> MakeRecoveryCode::permitted(const Organisation&, const Acting& who) const {
  return require_session(who);
}

Result<RecoveryCode> MakeRecoveryCode::decide(Draft& draft, const Acting& who,
                                              const Context& context) const {
  if (auto may = permitted(draft.now(), who); !may) return std::unexpected(may.error());
  if (draft.now().person(who.user) == nullptr) {
    return refuse(Problem::kNotSignedIn, "Sign in and try again.");
  }
  const RecoveryCode code{.hash = hash, .made_at = context.now.wall};
  edit_record(draft, who.user, [&](SignInRecord& record) { record.recovery = code; });
  return code;
}

Result<bool> DropRecoveryCode::decide(Draft& draft, const Acting& who, const Context&) const {
  if (auto may = require_session(who); !may) return std::unexpected(may.error());
  const Person* person = draft.now().person(who.user);
  if (person == nullptr || !person->sign_in.recovery) {
    return refuse(Problem::kNotFound, "You have no recovery code.");
  }
  edit_record(draft, who.user, [](SignInRecord& record) { record.recovery.reset(); });
  return true;
}

}  // namespace pastille
