// What falls due, kept in step with the events: graces on the steady clock; ends of statuses,
// sessions and tokens on the wall clock. Owned by the workspace thread.
#pragma once

#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "app/agenda.h"
#include "app/context.h"
#include "app/fall_due.h"
#include "core/change.h"
#include "core/organisation.h"

namespace pastille {

class Deadlines {
 public:
  using Due = std::variant<GraceOver, StatusEnded, SessionExpired, TokenExpired>;

  explicit Deadlines(const Settings& settings) : settings_(settings) {}

  // All that a loaded state has coming.
  void load(const Organisation& organisation);
  // People who were there before a restart: who does not come back within the grace goes Offline as
  // of the last sign of life.
  void await(UserId user, Time as_of) { awaited_.insert_or_assign(user, as_of); }
  void follow(const Change& change, const Organisation& after);

  // Takes out what is due. What could not be committed is given back with again(), to come back
  // after a while.
  std::vector<Due> take_due(Now now);
  void again(const Due& due, Now now, Duration after);
  // The age of a session or a token.
  static bool by_age(const Due& due) {
    return std::holds_alternative<SessionExpired>(due) || std::holds_alternative<TokenExpired>(due);
  }
  // What was taken out and not done: at its own time, if the session or the token is still there.
  void set_age(const Due& due, const Organisation& organisation);

  std::optional<Instant> next_steady() const { return graces_.next(); }
  std::optional<Time> next_wall() const { return wall_.next(); }

 private:
  using WallKey = std::variant<UserId, SessionId, TokenId>;
  void set_session(const Session& session);
  void set_presence(UserId user, const Presence& presence);

  const Settings& settings_;
  Agenda<UserId, Instant> graces_;
  Agenda<WallKey, Time> wall_;
  std::map<UserId, Time> awaited_;
};

}  // namespace pastille
