// Renews the lease of a node (app/ports/nodes.h) every limits::kRenewEvery on a thread and a
// connection of its own, so that a writer that loads the state or waits for a lock is not taken for
// dead. A writer that has not come round for limits::kWriterHangs is: then the lease runs out.
//
// Owned by the store; keep() and writer_came_round() are called on the workspace thread. While the
// database is not to be reached it tries again, and says nothing: the store does. The destructor
// stops and joins, after at most the time that a connection takes.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/ids.h"
#include "postgres/database.h"

namespace pastille::postgres {

class Lease {
 public:
  explicit Lease(std::string conninfo);
  ~Lease();
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  // From now on this node's, and no other's.
  void keep(NodeId node);
  void writer_came_round();

 private:
  void run();
  void renew(NodeId node);

  std::string conninfo_;
  std::optional<Database> database_;  // of the thread
  std::atomic<std::chrono::steady_clock::time_point> came_round_;
  std::mutex mutex_;  // guards the two below
  NodeId node_;
  bool stopping_ = false;
  std::condition_variable stop_;
  std::thread thread_;
};

}  // namespace pastille::postgres
