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
  draft.now().presences.for_each([&](UserId user, const Box<Presence>& presence) {
    for (const Connection& each : presence->connections) {
      if (each.node == node) gone.emplace_back(user, each.id);
    }
  });
  for (const auto& [user, connection] : gone) {
    draft.change(ConnectionClosed{.user = user, .connection = connection, .node = node});
    if (draft.now().presence(user)->connections.empty()) {
      draft.change(GraceSet{
          .user = user, .ends = context.now.steady + context.settings.grace, .as_of = as_of});
    }
  }
  draft.change(NodeDropped{node});
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

Result<bool> Purge::decide(Draft& draft, const Acting&, const Context& context) const {
  const Time now = context.now.wall;
  const Time answers_before = now - limits::kIdempotencyLife;
  bool old_answers = false;
  draft.now().answers.for_each([&](const auto&, const RecordedAnswer& answer) {
    old_answers = old_answers || answer.at < answers_before;
  });
  if (old_answers) draft.change(AnswersPurged{answers_before});
  std::vector<InvitationId> old;
  draft.now().invitations.for_each([&](InvitationId id, const Box<Invitation>& invitation) {
    if (invitation->expires_at <= now) old.push_back(id);
  });
  for (const InvitationId each : old) draft.change(InvitationDropped{each});
  std::vector<UserId> waited;
  draft.now().renewals_pending.for_each([&](UserId user, bool) {
    if (draft.now().person(user)->sign_in.pending->expires_at <= now) waited.push_back(user);
  });
  for (const UserId each : waited) drop_pending_renewal(draft, each);
  return true;
}

Result<bool> RefusalsCounted::decide(Draft& draft, const Acting&, const Context&) const {
  draft.change(AuditAdded{item});
  return true;
}

}  // namespace pastille
