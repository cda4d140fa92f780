#include "app/deadlines.h"

#include <algorithm>
#include <chrono>

#include "core/limits.h"
#include "core/presence.h"

namespace pastille {
void Deadlines::load(const Organisation& organisation) {
  organisation.presences.for_each(
      [&](UserId user, const Box<Presence>& presence) { set_presence(user, *presence); });
  organisation.sessions.for_each(
      [&](SessionId, const Box<Session>& session) { set_session(*session); });
  organisation.tokens.for_each(
      [&](TokenId id, const Box<Token>& token) { wall_.set(id, token->expires_at); });
}

void Deadlines::follow(const Change& change, const Organisation& after) {
  if (const auto* put = std::get_if<EntryPut>(&change)) {
    if (const Presence* presence = after.presence(put->user)) set_presence(put->user, *presence);
  } else if (const auto* grace = std::get_if<GraceSet>(&change)) {
    if (grace->ends) {
      graces_.set(grace->user, *grace->ends);
      if (grace->as_of) awaited_.insert_or_assign(grace->user, *grace->as_of);
    } else {
      graces_.drop(grace->user);
    }
  } else if (const auto* opened = std::get_if<ConnectionOpened>(&change)) {
    awaited_.erase(opened->user);
    if (const Presence* presence = after.presence(opened->user)) {
      set_presence(opened->user, *presence);  // may be this node's now
    }
  } else if (const auto* session = std::get_if<SessionPut>(&change)) {
    set_session(session->session);
  } else if (const auto* ended = std::get_if<SessionDropped>(&change)) {
    wall_.drop(ended->id);
  } else if (const auto* token = std::get_if<TokenPut>(&change)) {
    wall_.set(token->token.id, token->token.expires_at);
  } else if (const auto* dropped = std::get_if<TokenDropped>(&change)) {
    wall_.drop(dropped->id);
  }
}

std::vector<Deadlines::Due> Deadlines::take_due(Now now, std::size_t at_most) {
  std::vector<Due> due;
  for (const WallKey& key : wall_.take_due(now.wall, at_most)) {
    if (const auto* user = std::get_if<UserId>(&key)) due.emplace_back(StatusEnded{*user});
    if (const auto* session = std::get_if<SessionId>(&key))
      due.emplace_back(SessionExpired{*session});
    if (const auto* token = std::get_if<TokenId>(&key)) due.emplace_back(TokenExpired{*token});
  }
  for (const UserId user : graces_.take_due(now.steady, at_most)) {
    const auto found = awaited_.find(user);
    GraceOver over{.user = user, .as_of = {}};
    if (found != awaited_.end()) over.as_of = found->second;
    due.emplace_back(over);
  }
  return due;
}

void Deadlines::again(const Due& due, Now now, Duration after) {
  if (const auto* over = std::get_if<GraceOver>(&due)) {
    graces_.set(over->user, now.steady + after);
  } else if (const auto* ended = std::get_if<StatusEnded>(&due)) {
    wall_.set(ended->user, now.wall + after);
  } else if (const auto* session = std::get_if<SessionExpired>(&due)) {
    wall_.set(session->session, now.wall + after);
  } else if (const auto* token = std::get_if<TokenExpired>(&due)) {
    wall_.set(token->token, now.wall + after);
  }
}

void Deadlines::set_age(const Due& due, const Organisation& organisation) {
  if (const auto* expired = std::get_if<SessionExpired>(&due)) {
    const Session* session = organisation.session(expired->session);
    if (session != nullptr) set_session(*session);
  } else if (const auto* token = std::get_if<TokenExpired>(&due)) {
    const Token* found = organisation.token(token->token);
    if (found != nullptr) wall_.set(found->id, found->expires_at);
  }
}

void Deadlines::set_session(const Session& session) {
  wall_.set(session.id, std::min(session.seen_at + settings_->session_idle,
                                 session.created_at + settings_->session_absolute));
}

void Deadlines::set_presence(UserId user, const Presence& presence) {
  if (const std::optional<Time> end = pastille::due(presence)) {
    wall_.set(user, is_own(presence) ? *end : *end + limits::kOthersLater);
  } else {
    wall_.drop(user);
  }
}

bool Deadlines::is_own(const Presence& presence) const {
  const Connection& last =
      presence.connections.empty() ? presence.last_closed : presence.connections.back();
  return last.node == self_;
}

void Deadlines::put_off_graces(Instant until) {
  for (const UserId user : graces_.take_due(until)) graces_.set(user, until);
}

}  // namespace pastille
