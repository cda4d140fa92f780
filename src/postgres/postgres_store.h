// The store on PostgreSQL 15, for any number of nodes. Owned and used by one workspace thread. A
// lost connection is made anew at the next call; until that works, it throws StoreFailure.
//
// What was sent on a lost connection may still arrive there. Each connection has a generation in
// the row of its node, and who commits names it, so that nothing happens that was settled as not
// there.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ports/nodes.h"
#include "app/ports/store.h"
#include "postgres/database.h"
#include "postgres/lease.h"
#include "sql/store_rows.h"

namespace pastille::postgres {

// How a node is shown to people.
struct NodeName {
  std::string name;
  std::string version;
};

class PostgresStore final : public Store, public Nodes {
 public:
  enum class Use : std::uint8_t { kShared, kAlone };

  // `conninfo`: see postgres/conninfo.h. Connects and migrates. Throws StoreFailure, also when
  // another process has the database alone, or this one asks for that and there are others.
  explicit PostgresStore(std::string conninfo, NodeName name = {}, Use use = Use::kShared);

  NodeId join() override;
  Seen look(std::uint64_t seq) override;
  void hold() override;
  void release() noexcept override;
  // From now on the lease is renewed by a thread of its own, so that work on this one which takes
  // its time is not taken for death. Once.
  void renew_lease_beside();

  Organisation load() override;
  Epoch begin_epoch() override;
  CommitResult commit(const Batch& batch) override;
  Settled settle(const BatchId& id) override;
  std::optional<std::vector<Event>> changes_since(std::uint64_t seq) override;
  void note_alive(Time at) override;
  std::optional<Time> last_alive() override;
  std::string folding_version() override;
  void note_folding_version(const std::string& version) override;
  std::optional<Time> newest_event() override;
  bool forget(const Retention& before, std::size_t at_most) override;

 private:
  // The connection; made anew when it was lost.
  Database& database();
  // Of a new connection: another epoch, where the server is another one; what was sent on the
  // connection before is of no effect from here on.
  void take_up(Database& database);
  void read_epochs(Database& database);
  std::vector<OtherNode> others(Database& database);
  void write(Database& database, const Batch& batch);
  CommitResult not_committed(const Batch& batch, const PostgresFailure& failure, bool sent);
  // Calls `work` with the connection and drops that when it fails.
  template <class Work>
  auto with_database(Work work);

  std::string conninfo_;
  NodeName name_;
  Use use_;
  std::optional<Database> database_;
  std::unique_ptr<Lease> lease_;
  NodeId node_;                  // {}: has not joined
  std::int64_t generation_ = 0;  // of the connection
  bool looked_ = false;          // on this connection
  bool holding_ = false;         // a transaction is open, and the row of the position is ours
  std::vector<Epoch> epochs_;    // as of the last look
  std::uint64_t told_ = 0;       // up to which seq the others know that it has everything
  std::chrono::steady_clock::time_point tell_again_;    // when to say so again
  std::chrono::steady_clock::time_point others_again_;  // when to ask for the other nodes again
  sql::HistoryRow history_looked_at_;                   // where a pass of forget() has come to
};

}  // namespace pastille::postgres
