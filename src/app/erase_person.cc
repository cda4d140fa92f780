#include "app/erase_person.h"

#include <utility>

#include "app/authority.h"
#include "app/finding.h"
#include "app/invitations.h"
#include "app/leaving.h"
#include "app/modify_person.h"
#include "app/recording.h"

namespace pastille {
namespace {

// Nobody keeps somebody pinned who is not there any more. False: there are more.
bool unpin(Draft& draft, UserId user) {
  const Piece pinned = first_piece(draft.now().pinned_by, user);
  for (const UserId by : pinned.people) {
    const Person before = *draft.now().person(by);
    Person after = before;
    std::erase(after.pinned, user);
    put_person(draft, before, std::move(after));
  }
  return pinned.last;
}

}  // namespace

Result<ErasePerson::Answer> ErasePerson::decide(Draft& draft, const Acting& who,
                                                const Context& context) const {
  const Result<const Person*> found = find_person(draft.now(), who, user);
  if (!found) return std::unexpected(found.error());
  if (auto may = require_authority(draft.now(), who, **found); !may) {
    return std::unexpected(may.error());
  }
  const Person before = **found;
  if (before.active) {
    return refuse_field("/active", "Only who left can be erased. Make this person inactive first.");
  }
  if (auto fresh = expect_version(expected_version, before.version, user); !fresh) {
    return std::unexpected(fresh.error());
  }
  if (!unpin(draft, user)) return Answer{.done = false};
  sign_out_everywhere(draft, user, context);
  drop_invitations(draft, user);
  put_person(draft, before,
             Person{.id = user,
                    .role = kAgentRole,
                    .active = false,
                    .erased = true,
                    .version = before.version,
                    .rev = before.rev,
                    .created_at = before.created_at});
  // Whoever follows is told that the entry is gone; a pending note and the last choice go too.
  Presence nothing;
  nothing.entry.rev = draft.seq();
  draft.change(EntryPut{.user = user,
                        .entry = nothing.entry,
                        .pending = nothing.pending,
                        .last_chosen = nothing.last_chosen});
  draft.change(OwnHistoryErased{user});
  record(draft, who, context, "user.erase", to_text(user));
  return Answer{};
}

std::optional<ErasePerson::Answer> ErasePerson::go_on(Answer piece) {
  return piece.done ? std::optional(piece) : std::nullopt;
}

}  // namespace pastille
