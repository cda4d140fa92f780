// Sign-in sessions: begun after the password was checked (on a worker thread), ended by the person,
// by their age, or by an administrator.
#pragma once

#include <optional>
#include <string>

#include "app/actor.h"
#include "app/draft.h"
#include "app/sign_in_tried.h"

namespace pastille {

// Begins a session. Given by the product: nobody is signed in yet.
struct SignIn {
  using Answer = SessionId;
  UserId user;
  std::string verified_hash;  // the hash that the password was checked against
  SecretHash secret{};        // of the new session's random token
  std::string user_agent;
  std::optional<SignInPlace> tell = {};  // set: other nodes are to count it as a success there
  SessionId replaces = {};               // that the browser came with: it ends
  std::uint64_t place = 0;               // from where, to be known (app/known_places.h); 0: nowhere
  // Refuses kWrongCredentials when the person has left or the password was changed meanwhile. With
  // one session more than a person may have, the one seen longest ago ends.
  Result<SessionId> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Ends the session that it comes with; the person is Offline at once when no other connection is
// present.
struct SignOut {
  using Answer = bool;
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

struct EndOwnSession {
  using Answer = bool;
  SessionId session;
  // Refuses kNotFound for what is not one's own.
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Notes that a session is in use, at most once a minute.
struct TouchSession {
  using Answer = bool;
  static constexpr std::chrono::minutes kEvery{1};
  // Whether there is anything to note: ask before submitting.
  static bool due(const Session& session, Time now) { return now - session.seen_at >= kEvery; }
  // For a live connection, which is in use all day: rarely enough that 10,000 of them hardly write,
  // often enough that none is idle for long.
  static bool due_while_live(const Session& session, const Settings& settings, Time now) {
    return due(session, now) && now - session.seen_at >= settings.session_idle / 8;
  }
  Result<bool> decide(Draft& draft, const Acting& who, const Context& context) const;
};

// Shared with others that begin or end sessions.
SessionId begin_session(Draft& draft, UserId user, const SecretHash& secret,
                        std::string_view user_agent, const Context& context);
void end_session(Draft& draft, SessionId session, const Context& context);
// Ends the session that a browser came with when `user` signs in there. Their own presence gets the
// grace: they go on in the new one.
void end_replaced_session(Draft& draft, SessionId session, UserId user, const Context& context);
// All of a person's but one ({}: all), with the presence that came with them.
void end_sessions(Draft& draft, UserId user, SessionId except, const Context& context);

}  // namespace pastille
