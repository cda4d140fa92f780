#include "app/fall_due.h"

#include <vector>

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
  return true;
}

Result<bool> RefusalsCounted::decide(Draft& draft, const Acting&, const Context&) const {
  draft.change(AuditAdded{item});
  return true;
}

}  // namespace pastille
