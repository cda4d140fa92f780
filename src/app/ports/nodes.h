// Several processes on one store: who is there, and whether this one may still write. A process
// that joins is a node and takes a lease, which it keeps by renewing it again and again; one that
// did not for kLease is silent, and any other may take it for dead. A node that was taken for dead
// cannot write any more, whatever it believes. All of it goes by the clock of the store.
//
// The events of the store are the truth: a wake-up that is lost costs delay and never data.
//
// Of the workspace thread, like Store; the same object implements both. Methods block, and throw
// StoreFailure while the store cannot be reached.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/change.h"
#include "core/organisation.h"

namespace pastille {

inline constexpr std::chrono::seconds kLease{10};

// Whether more than half of a lease is gone: well before the others take the node for dead, and
// longer than a look is ever late.
constexpr bool is_silent(Duration silent_for) { return silent_for > Duration(kLease) / 2; }

struct OtherNode {
  NodeId id;
  Duration silent_for{};  // since it looked last
  Time last_looked = {};
};

// What a look at the store found.
struct Seen {
  // False: this node was taken for dead, or it is not the same store any more. join() again.
  bool held = false;
  std::vector<Epoch> epochs;                     // all of them
  std::optional<std::vector<Event>> missed;      // after the seq it had; nullopt: load() again
  std::optional<std::vector<OtherNode>> others;  // ascending; nullopt: not looked for this time
};

class Nodes {
 public:
  virtual ~Nodes() = default;

  // Becomes a node, under a number that nobody had before, and begins an epoch when the store is
  // not the one that the last epoch began on (another timeline, a copy that was put back).
  virtual NodeId join() = 0;
  // Renews the lease, unless a thread of the store's own does, and says what happened since `seq`,
  // up to which this node has everything.
  virtual Seen look(std::uint64_t seq) = 0;
  // From here to the next commit() or release() nobody else commits: for who lost to others too
  // often. At most a second.
  virtual void hold() = 0;
  virtual void release() = 0;
};

}  // namespace pastille
