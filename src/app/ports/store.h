// What the workspace needs of a database. Implementations: app/ports/memory_store.h (the in-memory
// twin), sqlite/sqlite_store.h; one contract suite (app/ports/store_contract.h) holds for all.
//
// One process uses it, or several nodes do (app/ports/nodes.h). One Store belongs to one workspace
// thread; all methods block. Reading pages goes through Archive, which other threads may call at
// the same time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "core/change.h"
#include "core/organisation.h"

namespace pastille {

struct Batch {
  BatchId id{};
  std::uint64_t expected_seq = 0;  // seq of the state that the batch was decided on
  std::vector<Event> events;       // seq = expected_seq + 1 ..., without gaps
};

struct Committed {};
// Another writer was first: nothing was written. Decide again on the state after these.
struct MovedOn {
  std::vector<Event> missed;
};
// The transaction did not happen and the store still works (disk full, say).
struct NotCommitted {
  std::string why;
};
// Nobody knows. Call settle() before anything else.
struct OutcomeUnknown {
  std::string why;
};
// Nothing was written: the lease is gone, another epoch has begun, or the connection is new. Nodes
// only; Nodes::look() says which.
struct LookAgain {};
// What is at fault when a database says no.
enum class Fault : std::uint8_t {
  kStore,          // the environment: it is full, lost, damaged
  kValue,          // a value that it has no place for: no UTF-8, too large
  kContradiction,  // a row that contradicts another, or what broke while it was written
};
// One of the events is at fault and not the store: nothing was written, the store works, and a
// batch without that event is taken.
struct Unstorable {
  Fault fault = Fault::kContradiction;
  std::string why;
};
using CommitResult =
    std::variant<Committed, MovedOn, NotCommitted, OutcomeUnknown, LookAgain, Unstorable>;

enum class Settled { kThere, kNotThere };

// The environment is broken: lost database, damaged file; or, where fault() says so, what was asked
// of it. what() says it for the operator.
class StoreFailure : public std::runtime_error {
 public:
  explicit StoreFailure(const std::string& what, Fault fault = Fault::kStore)
      : std::runtime_error(what), fault_(fault) {}
  Fault fault() const { return fault_; }

 private:
  Fault fault_;
};

// Until when what only the store has is forgotten.
struct Retention {
  Time events = {};       // those that hold anything of a person (app/short_lived.h)
  Time own_history = {};  // steps that ended before; the present one has not ended
  Time messages = {};
};

class Store {
 public:
  virtual ~Store() = default;

  // The whole state. Without graces, which are of a process, and without connections unless several
  // nodes use the store.
  virtual Organisation load() = 0;
  // Begins an epoch (random id) at the next seq and returns it; called once, at start, by a writer.
  virtual Epoch begin_epoch() = 0;

  // One transaction: tables, histories and numbered events. All or nothing.
  virtual CommitResult commit(const Batch& batch) = 0;
  // After OutcomeUnknown: closes, opens again, and looks for the batch's id. What it says
  // holds over a power cut. Throws StoreFailure while it cannot say; may be called again.
  virtual Settled settle(const BatchId& id) = 0;

  // Events after `seq`, ascending; what holds anything of a person is kept 15 minutes, so an older
  // position is nullopt: load() again.
  virtual std::optional<std::vector<Event>> changes_since(std::uint64_t seq) = 0;

  // Once a minute: the server was alive at `at`. And what was noted last, nullopt at first start.
  virtual void note_alive(Time at) = 0;
  virtual std::optional<Time> last_alive() = 0;
  // Which tables made the folds that are kept (Unicode::folding_version), "" when nobody noted it.
  // It is noted only while no other node is there: one of another version writes folds of its own.
  virtual std::string folding_version() = 0;
  virtual void note_folding_version(const std::string& version) = 0;
  // Time of the newest event, nullopt when there is none.
  virtual std::optional<Time> newest_event() = 0;
  // Removes for good what is older, in one transaction that looks at no more than `at_most` rows of
  // each kind, so that commits need not wait long. True: there is more, call again.
  virtual bool forget(const Retention& before, std::size_t at_most) = 0;
};

}  // namespace pastille
