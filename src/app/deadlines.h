// What falls due, kept in step with the events: graces on the steady clock; ends of statuses,
// sessions and tokens on the wall clock. Owned by the workspace thread.
#pragma once

#include <cstddef>
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

  // `self`: whose deadlines these are, where there are several nodes. What falls due for somebody
  // who is connected elsewhere is left to that node, and done here later if it does not.
  explicit Deadlines(const Settings& settings, NodeId self = {})
      : settings_(&settings), self_(self) {}

  // All that a loaded state has coming.
  void load(const Organisation& organisation);
  void follow(const Change& change, const Organisation& after);

  // Takes out what is due, of either clock at most so many. What could not be committed is given
  // back with again(), to come back after a while.
  std::vector<Due> take_due(Now now, std::size_t at_most);
  void again(const Due& due, Now now, Duration after);
  // No grace ends before this: nobody could come back meanwhile.
  void put_off_graces(Instant until);
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
  bool is_own(const Presence& presence) const;

  const Settings* settings_;
  NodeId self_;
  Agenda<UserId, Instant> graces_;
  Agenda<WallKey, Time> wall_;
  // Who does not come back goes Offline as of then: their server ended, or their node died.
  std::map<UserId, Time> awaited_;
};

}  // namespace pastille
