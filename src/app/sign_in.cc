#include "app/sign_in.h"

#include <vector>

#include "app/known_places.h"
#include "app/showing.h"
#include "core/limits.h"
#include "core/outside_text.h"

namespace pastille {
namespace {

std::vector<SessionId> sessions_of(const Organisation& organisation, UserId user) {
  std::vector<SessionId> found;
  organisation.sessions_of.for_each_from(std::pair(user, SessionId{}), [&](const auto& key, bool) {
    if (key.first != user) return false;
    found.push_back(key.second);
    return true;
  });
  return found;
}

// What was made for them before renews a sign-in from now on.
void note_first_sign_in(Draft& draft, UserId user, const Context& context) {
  if (draft.now().person(user)->sign_in.first_at) return;
  Person person = *draft.now().person(user);
  person.sign_in.first_at = context.now.wall;
  draft.change(PersonPut{std::move(person)});
}

}  // namespace

SessionId begin_session(Draft& draft, UserId user, const SecretHash& secret,
                        std::string_view user_agent, const Context& context) {
  note_first_sign_in(draft, user, context);
  const std::vector<SessionId> open = sessions_of(draft.now(), user);
  if (open.size() >= limits::kSessionsPerPerson) {
    SessionId oldest = open.front();
    for (const SessionId each : open) {
      if (draft.now().session(each)->seen_at < draft.now().session(oldest)->seen_at) oldest = each;
    }
    end_session(draft, oldest, context);
  }
  Session session;
  session.id = SessionId{draft.now().next.session};
  session.user = user;
  session.secret = secret;
  session.created_at = session.seen_at = context.now.wall;
  session.user_agent = printable(user_agent, limits::kUserAgentBytes);
  const SessionId id = session.id;
  draft.change(SessionPut{std::move(session)});
  return id;
}

void end_session(Draft& draft, SessionId session, const Context& context) {
  const Session* found = draft.now().session(session);
  if (found == nullptr) return;
  const UserId user = found->user;
  draft.change(SessionDropped{session});
  end_presence(draft, user, session, context);
}

void end_replaced_session(Draft& draft, SessionId session, UserId user, const Context& context) {
  const Session* found = draft.now().session(session);
  if (found == nullptr) return;
  if (found->user != user) return end_session(draft, session, context);
  draft.change(SessionDropped{session});
  bool closed = false;
  for (const Connection& each : std::vector<Connection>(draft.now().presence(user)->connections)) {
    if (each.session != session) continue;
    draft.change(ConnectionClosed{.user = user, .connection = each.id, .node = each.node});
    closed = true;
  }
  if (!closed || !draft.now().presence(user)->connections.empty()) return;
  draft.change(GraceSet{.user = user, .ends = context.now.steady + context.settings.grace});
}

void end_sessions(Draft& draft, UserId user, SessionId except, const Context& context) {
  for (const SessionId each : sessions_of(draft.now(), user)) {
    if (each != except) end_session(draft, each, context);
  }
}

Result<SessionId> SignIn::decide(Draft& draft, const Acting&, const Context& context) const {
  const Person* person = draft.now().person(user);
  if (person == nullptr || person->erased || !person->active || person->password_hash.empty() ||
      person->password_hash != verified_hash) {
    return refuse(Problem::kWrongCredentials, "Login or password is wrong.");
  }
  if (tell) draft.change(tried(*tell, true, context));
  end_replaced_session(draft, replaces, user, context);
  if (place != 0) remember_place(draft, user, place);
  return begin_session(draft, user, secret, user_agent, context);
}

Result<bool> SignOut::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (const Result<void> may = require_session(who); !may) return std::unexpected(may.error());
  end_session(draft, who.session, context);
  return true;
}

Result<bool> EndOwnSession::decide(Draft& draft, const Acting& who, const Context& context) const {
  if (const Result<void> may = require_session(who); !may) return std::unexpected(may.error());
  const Session* found = draft.now().session(session);
  if (found == nullptr || found->user != who.user) {
    return refuse(Problem::kNotFound, "None of your sessions has this id.");
  }
  end_session(draft, session, context);
  return true;
}

Result<bool> TouchSession::decide(Draft& draft, const Acting& who, const Context& context) const {
  const Session* found = draft.now().session(who.session);
  if (found == nullptr || !due(*found, context.now.wall)) return false;
  Session seen = *found;
  seen.seen_at = context.now.wall;
  draft.change(SessionPut{std::move(seen)});
  return true;
}

}  // namespace pastille
