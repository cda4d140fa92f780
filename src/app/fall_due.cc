#include "app/fall_due.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/arrivals.h"
#include "app/renewal.h"
#include "app/showing.h"
#include "core/limits.h"

namespace pastille {

Result<bool> GraceOver::decide(Draft& draft, const Acting&, const Context& context) const {
  const Presence* presence = draft.now().presence(user);
  if (presence == nullptr || !presence->grace_ends || !presence->connections.empty() ||
      *presence->grace_ends > context.now.steady) {
    return false;
  }
  const Presence after = depart(*presence);
  draft.change(GraceSet{.user = user, .ends = {}});
  show(draft, user, after, context, as_of.value_or(context.now.wall));
  return true;
}

Result<bool> StatusEnded::decide(Draft& draft, const Acting&, const Context& context) const {
  const Presence* presence = draft.now().presence(user);
  if (presence == nullptr) return false;
  const std::optional<Time> end = due(*presence);
  if (!end || *end > context.now.wall) return false;
  show(draft, user, expire(*presence, *end), context, *end);
  return true;
}

Result<bool> SessionExpired::decide(Draft& draft, const Acting&, const Context& context) const {
  const Session* found = draft.now().session(session);
  if (found == nullptr || context.keep_sessions ||
      !has_expired(*found, context.settings, context.now.wall)) {
    return false;
  }
  const UserId user = found->user;
  draft.change(SessionDropped{session});
  end_presence(draft, user, session, context);
  return true;
}

Result<bool> TokenExpired::decide(Draft& draft, const Acting&, const Context& context) const {
  const Token* found = draft.now().token(token);
  if (found == nullptr || context.keep_sessions || found->expires_at > context.now.wall) {
    return false;
  }
  const UserId user = found->user;
  draft.change(TokenDropped{token});
  end_presence(draft, user, token, context);
  return true;
}

Result<bool> NodeDied::decide(Draft& draft, const Acting&, const Context& context) const {
  std::vector<std::pair<UserId, ConnectionId>> gone;
  bool more = false;
  draft.now().connections_at.for_each_from(std::pair(node, ConnectionId{}),
                                           [&](const auto& key, UserId user) {
                                             if (key.first != node) return false;
                                             more = gone.size() == limits::kToldAtOnce;
                                             if (!more) gone.emplace_back(user, key.second);
                                             return !more;
                                           });
  for (const auto& [user, connection] : gone) {
    draft.change(ConnectionClosed{.user = user, .connection = connection, .node = node});
    if (draft.now().presence(user)->connections.empty()) {
      draft.change(GraceSet{
          .user = user, .ends = context.now.steady + context.settings.grace, .as_of = as_of});
    }
  }
  if (!more) draft.change(NodeDropped{node});
  return true;
}

Result<bool> ConnectionsTold::decide(Draft& draft, const Acting&, const Context& context) const {
  const auto may_stay = [&](const Connection& each) {
    const Actor actor = each.session ? Actor(each.session) : Actor(each.token);
    return acting(draft.now(), actor, context).has_value();
  };
  const auto close = [&](UserId user, ConnectionId id) {
    draft.change(ConnectionClosed{.user = user, .connection = id, .node = context.node});
    if (draft.now().presence(user)->connections.empty()) {
      draft.change(GraceSet{.user = user, .ends = context.now.steady + context.settings.grace});
    }
  };
  for (const auto& [id, user] : closed) {
    if (draft.now().presence(user) != nullptr) close(user, id);
  }
  for (const auto& [id, user] : opened) {
    const Presence* presence = draft.now().presence(user);
    if (presence == nullptr) continue;
    const auto here = std::ranges::find_if(presence->connections, [&](const Connection& each) {
      return each.node == context.node && each.id == id;
    });
    if (here == presence->connections.end()) continue;  // gone again since
    const Connection connection = *here;
    if (!may_stay(connection)) {
      close(user, id);
      continue;
    }
    draft.change(ConnectionOpened{.user = user, .connection = connection});
    if (presence->grace_ends) draft.change(GraceSet{.user = user, .ends = {}});
    show_arrived(draft, user, context);
  }
  return true;
}

namespace {

// Kept answers from before this go: their time is over, or they are too many. One piece of them;
// nullopt: none.
std::optional<Time> answers_before(const Organisation& organisation, const Context& context) {
  const Time old = context.now.wall - limits::kIdempotencyLife;
  const std::size_t all = organisation.answers.size();
  const std::size_t surplus = all - std::min(all, limits::kAnswersKept);
  std::optional<Time> before;
  std::size_t count = 0;
  organisation.answers_by_age.for_each([&](const auto& key, bool) {
    const bool over = !context.keep_sessions && key.first < old;
    if (count == limits::kPurgedAtOnce || (!over && count >= surplus)) return false;
    ++count;
    before = key.first + Duration(1);
    return true;
  });
  return before;
}

std::vector<InvitationId> old_invitations(const Organisation& organisation,
                                          const Context& context) {
  std::vector<InvitationId> old;
  if (context.keep_sessions) return old;
  organisation.invitations.for_each([&](InvitationId id, const Box<Invitation>& invitation) {
    if (invitation->expires_at <= context.now.wall) old.push_back(id);
    return old.size() < limits::kPurgedAtOnce;
  });
  return old;
}

std::vector<UserId> old_renewals(const Organisation& organisation, const Context& context) {
  std::vector<UserId> old;
  if (context.keep_sessions) return old;
  organisation.renewals_pending.for_each([&](UserId user, bool) {
    if (organisation.person(user)->sign_in.pending->expires_at <= context.now.wall) {
      old.push_back(user);
    }
    return old.size() < limits::kPurgedAtOnce;
  });
  return old;
}

}  // namespace

bool Purge::is_due(const Organisation& organisation, const Context& context) {
  return answers_before(organisation, context) || !old_invitations(organisation, context).empty() ||
         !old_renewals(organisation, context).empty();
}

Result<bool> Purge::decide(Draft& draft, const Acting&, const Context& context) const {
  if (const auto before = answers_before(draft.now(), context))
    draft.change(AnswersPurged{*before});
  for (const InvitationId each : old_invitations(draft.now(), context)) {
    draft.change(InvitationDropped{each});
  }
  for (const UserId each : old_renewals(draft.now(), context)) drop_pending_renewal(draft, each);
  return true;
}

Result<bool> RefusalsCounted::decide(Draft& draft, const Acting&, const Context&) const {
  draft.change(AuditAdded{item});
  return true;
}

}  // namespace pastille
