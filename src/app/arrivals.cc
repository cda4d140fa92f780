#include "app/arrivals.h"

#include <algorithm>

#include "app/showing.h"
#include "core/limits.h"

namespace pastille {
namespace {

// A status that can be shown: live, else the system one of its type.
Choice usable(const Organisation& organisation, const Choice& wanted) {
  const Status* status = organisation.status(wanted.status);
  if (status == nullptr) return {};
  Choice choice = wanted;
  choice.type = status->fields.type;
  if (status->deleted) choice.status = system_status(status->fields.type);
  return choice;
}

Presence arrived(const Organisation& organisation, const Person& person, const Presence& presence,
                 const Context& context) {
  const Arrival arrival{
      .preference = person.status_at_sign_in,
      .last =
          usable(organisation, Choice{.status = presence.last_chosen, .note = {}, .until = {}})};
  std::optional<Choice> pending;
  if (presence.pending &&
      (!presence.pending->until || *presence.pending->until > context.now.wall)) {
    pending = usable(organisation, Choice{.status = presence.pending->status,
                                          .note = presence.pending->note,
                                          .until = presence.pending->until});
  }
  return arrive(presence, arrival, std::move(pending), context.now.wall);
}

}  // namespace

Result<Entry> PersonArrived::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (const Result<void> may = require_scope(who, Scope::kStatus); !may) {
    return std::unexpected(may.error());
  }
  const Presence* presence = draft.now().presence(who.user);
  const Person* person = draft.now().person(who.user);
  if (presence == nullptr || person == nullptr) {
    return refuse(Problem::kNotSignedIn, "A live connection belongs to a person. Sign in first.");
  }
  if (presence->connections.size() >= limits::kConnectionsPerPerson) {
    return refuse(Problem::kLimitReached,
                  "You have " + std::to_string(limits::kConnectionsPerPerson) +
                      " live connections open, the most one person may. Close some.");
  }
  Connection here = connection;
  here.node = context.node;
  draft.change(ConnectionOpened{.user = who.user, .connection = here});
  if (draft.now().presence(who.user)->grace_ends) {
    draft.change(GraceSet{.user = who.user, .ends = {}});
  }
  show_arrived(draft, who.user, context);
  return draft.now().presence(who.user)->entry;
}

void show_arrived(Draft& draft, UserId user, const Context& context) {
  show(draft, user,
       arrived(draft.now(), *draft.now().person(user), *draft.now().presence(user), context),
       context);
}

Result<bool> PersonLeft::decide(Draft& draft, const Acting&, const Context& context) const {
  const Presence* presence = draft.now().presence(user);
  if (presence == nullptr) return false;
  const bool open = std::ranges::any_of(presence->connections, [&](const Connection& each) {
    return each.node == context.node && each.id == connection;
  });
  if (!open) return false;
  draft.change(ConnectionClosed{.user = user, .connection = connection, .node = context.node});
  if (draft.now().presence(user)->connections.empty()) {
    draft.change(GraceSet{.user = user, .ends = context.now.steady + context.settings.grace});
  }
  return true;
}

}  // namespace pastille
