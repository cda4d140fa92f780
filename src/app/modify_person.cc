#include "app/modify_person.h"

#include <string>
#include <utility>

#include "app/authority.h"
#include "app/create_person.h"
#include "app/finding.h"
#include "app/invitations.h"
#include "app/leaving.h"
#include "app/recording.h"
#include "app/renewal.h"
#include "core/limits.h"

namespace pastille {
namespace {

bool administers(const Person& person) {
  return person.active && person.role == kAdministratorRole;
}

Result<void> keep_an_administrator(const Organisation& organisation, const Person& before,
                                   const Person& after) {
  if (!administers(before) || administers(after) || organisation.active_administrators > 1) {
    return {};
  }
  return refuse(Problem::kLastAdministrator,
                "This is the last active administrator, who can neither be made inactive nor get "
                "another role. Make somebody else an administrator first.");
}

std::string action_of(const Person& before, const Person& after) {
  if (before.active == after.active) return "user.modify";
  return after.active ? "user.enable" : "user.disable";
}

// What a patch does to who somebody is at the provider.
struct Tie {
  std::optional<External> now;
  std::optional<External> renewal;  // another subject, which is to wait for the next sign-in
  bool changed = false;             // what waited before ends
};

Tie tie_of(const Person& before, const Person& after, const PersonPatch& patch, bool renews) {
  const auto& pending = before.sign_in.pending;
  const std::optional<External> waits = pending ? pending->external : std::nullopt;
  const bool withdrawn = patch.withdraw_external && waits;
  if (after.external == before.external) return {before.external, {}, withdrawn};
  if (!after.external || !renews) return {after.external, {}, true};
  if (after.external == waits) return {before.external, {}, withdrawn};
  return {before.external, after.external, true};
}

}  // namespace

void put_person(Draft& draft, const Person& before, Person after) {
  ++after.own_version;
  // What is the person's alone does not concern who administers them.
  Person seen = after;
  seen.own_version = before.own_version;
  seen.status_at_sign_in = before.status_at_sign_in;
  seen.pinned = before.pinned;
  if (seen != before) ++after.version;
  if (before.display_name != after.display_name || before.teams != after.teams ||
      before.active != after.active || before.erased != after.erased ||
      before.sign_in.renewed != after.sign_in.renewed) {
    after.rev = draft.seq();
  }
  draft.change(PersonPut{std::move(after)});
}

Result<UserId> ModifyPerson::decide(Draft& draft, const Acting& who, const Context& context) const {
  const Result<const Person*> found = find_person(draft.now(), who, user);
  if (!found) return std::unexpected(found.error());
  if (auto may = require_authority(draft.now(), who, **found); !may) {
    return std::unexpected(may.error());
  }
  if (auto may = require_role(draft.now(), who, patch.role.value_or(RoleId{})); !may) {
    return std::unexpected(may.error());
  }
  const Person before = **found;
  Faults faults;
  Person after = patched(before, patch, draft.now(), context.unicode, context.calendar, faults);
  if (auto valid = faults.verdict(); !valid) return std::unexpected(valid.error());
  if (auto fresh = expect_version(expected_version, before.version, user); !fresh) {
    return std::unexpected(fresh.error());
  }
  if (auto free = login_is_free(draft.now(), after.login, user); !free) {
    return std::unexpected(free.error());
  }
  if (auto free = external_is_free(draft.now(), after); !free) {
    return std::unexpected(free.error());
  }
  if (auto kept = keep_an_administrator(draft.now(), before, after); !kept) {
    return std::unexpected(kept.error());
  }
  const Tie tie = tie_of(before, after, patch, takes_a_renewal(before, who));
  after.external = tie.now;
  if (after == before && !tie.changed) return user;
  const bool leaves = before.active && !after.active;
  if (after != before || !tie.renewal) {
    record(draft, who, context, action_of(before, after), to_text(user));
  }
  // Who is tied to the provider has no link, and another subject is in the place of the one before.
  if (leaves || tie.changed) drop_invitations(draft, user);
  after.sign_in = draft.now().person(user)->sign_in;
  put_person(draft, before, std::move(after));
  if (leaves) sign_out_everywhere(draft, user, context);
  if (!tie.renewal) return user;
  const Time now = context.now.wall;
  const PendingRenewal renewal{.made = {.at = now, .by = who.author},
                               .expires_at = now + limits::kSubjectRenewalLife,
                               .external = tie.renewal};
  if (auto told = announce_renewal(draft, who, context, user, renewal); !told) {
    return std::unexpected(told.error());
  }
  return user;
}

}  // namespace pastille
