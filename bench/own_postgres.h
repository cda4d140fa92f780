// A PostgreSQL server of the bench's own: started by scripts/with-postgres on any core, with the
// settings that PostgreSQL comes with (so every commit is on the disk); gone with this object. And
// what is read of it: CPU time of all its processes, and what was written in a database.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "bench/histogram.h"
#include "postgres/database.h"

namespace pastille::bench {

class OwnPostgres {
 public:
  // Returns when it takes connections. Throws std::runtime_error.
  explicit OwnPostgres(const std::filesystem::path& with_postgres);
  ~OwnPostgres();
  OwnPostgres(const OwnPostgres&) = delete;
  OwnPostgres& operator=(const OwnPostgres&) = delete;

  // Makes an empty database, of the role that nodes have.
  void make(const std::string& database);
  // Makes another one with all that is in the first. Nobody may be connected to that.
  void copy(const std::string& from, const std::string& to);
  // Nothing that was written before is left to be done during a measurement.
  void tidy_up(const std::string& database);

  // What a node is given with --database.
  std::string url(const std::string& database) const { return address_ + '/' + database; }
  // As the superuser.
  std::string conninfo(const std::string& database) const;
  // Of all its processes, those that have ended too.
  Nanos cpu() const;
  // Whether its files are in memory: then a commit waits for no disk.
  bool in_memory() const { return in_memory_; }

 private:
  pid_t process_ = -1;
  int hold_ = -1;        // it ends when this is closed
  std::string address_;  // postgres://ROLE@HOST:PORT
  pid_t server_ = -1;
  bool in_memory_ = false;
};

// What was written in a database since this was made.
class Writings {
 public:
  Writings(const OwnPostgres& postgres, const std::string& database);

  struct Count {
    double batches = 0;       // that were committed
    double transactions = 0;  // that wrote, or began to: also a lease renewed, a batch too late
  };
  Count so_far();
  // Bytes of the log that everything is written to first, of the whole server, ever.
  std::int64_t logged();
  // Transactions that were rolled back, ever; up to a second behind.
  std::int64_t rolled_back();
  // A number that a query without values gives.
  std::int64_t number(const std::string& query);

 private:
  postgres::Database database_;
  std::int64_t seq_ = 0;
  std::int64_t transaction_ = 0;
};

// What the machine itself asks for a commit: one connection changes one row of a table of one,
// until it is on the disk.
class CommitFloor {
 public:
  explicit CommitFloor(const OwnPostgres& postgres);

  void once();
  const Histogram& taken() const { return taken_; }
  // CPU time of PostgreSQL for one, of so many in a row.
  double cpu_us(std::size_t count);

 private:
  const OwnPostgres& postgres_;
  postgres::Database database_;
  Histogram taken_;
};

}  // namespace pastille::bench
