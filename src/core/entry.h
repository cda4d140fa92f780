// What one person shows on the board, and what they chose. Pure values and the rules on them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/status.h"
#include "core/time.h"

namespace pastille {

// A board entry. Offline: status is the offline one, note empty, since and until absent.
struct Entry {
  StatusId status = system_status(StatusType::kOffline);
  StatusType type = StatusType::kOffline;  // of the status, kept beside it for counting
  std::string note;                        // "": none
  std::optional<Time> since;
  std::optional<Time> until;
  std::uint64_t rev = 0;  // seq of the event that changed it last
  bool offline() const { return type == StatusType::kOffline; }
  friend bool operator==(const Entry&, const Entry&) = default;
};

// A status chosen while offline; wins once over `status_at_sign_in`.
struct Pending {
  StatusId status;
  std::string note;
  std::optional<Time> until;
  friend bool operator==(const Pending&, const Pending&) = default;
};

struct Connection {
  ConnectionId id;
  NodeId node = {};   // whose it is; {}: of the only process there is
  SessionId session;  // {} when it came with a token
  TokenId token;      // {} when it came with a session
  friend bool operator==(const Connection&, const Connection&) = default;
};

// Everything the product knows of one person's presence.
struct Presence {
  Entry entry;
  std::optional<Pending> pending;
  StatusId last_chosen = system_status(StatusType::kConnected);
  // Present connections, of all nodes, and the end of the grace after the last of them has gone, on
  // this process's own clock. Signed in for the board: either of the two.
  std::vector<Connection> connections;
  std::optional<Instant> grace_ends;
  Connection last_closed;  // whose grace it is
  Time last_step = {};     // when the newest step of the own history began
  bool signed_in() const { return !connections.empty() || grace_ends.has_value(); }
};

}  // namespace pastille
