// The store on PostgreSQL 15. Owned and used by one workspace thread, and by one process at a time:
// an advisory lock of the database, which the server lets go of when the connection ends, holds
// others off. A lost connection is made anew at the next call; until that works, it throws
// StoreFailure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/ports/store.h"
#include "postgres/database.h"
#include "sql/store_rows.h"

namespace pastille::postgres {

class PostgresStore final : public Store {
 public:
  // `conninfo`: see postgres/conninfo.h. Connects and migrates. Throws StoreFailure, also when
  // another process works on this database.
  explicit PostgresStore(std::string conninfo);

  Organisation load() override;
  Epoch begin_epoch() override;
  CommitResult commit(const Batch& batch) override;
  Settled settle(const BatchId& id) override;
  std::optional<std::vector<Event>> changes_since(std::uint64_t seq) override;
  void note_alive(Time at) override;
  std::optional<Time> last_alive() override;
  std::optional<Time> newest_event() override;
  bool forget(const Retention& before, std::size_t at_most) override;

 private:
  // The connection; made anew when it was lost.
  Database& database();
  void write(Database& database, const Batch& batch);
  // Calls `work` with the connection and drops that when it fails.
  template <class Work>
  auto with_database(Work work);

  std::string conninfo_;
  std::optional<Database> database_;
  sql::HistoryRow history_looked_at_;  // where a pass of forget() has come to
};

}  // namespace pastille::postgres
