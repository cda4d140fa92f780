// Some nodes on one database, each a process of its own, all of them on the core of servers; and a
// fleet whose connections are spread over them in turn. Link i is of node i % nodes: first come the
// writers, who are present and follow nobody, then the watchers, who follow everyone and are not;
// whoever comes later is of one node. Person i of the organisation has link i.
#pragma once

#include <deque>
#include <string>

#include "bench/changes.h"
#include "bench/fleet.h"
#include "bench/own_postgres.h"
#include "bench/server_process.h"
#include "bench/stage.h"

namespace pastille::bench {

struct Crowd {
  std::size_t writers = 0;
  std::size_t watchers = 0;  // of each node
};

class NodesStage {
 public:
  // Nodes on `database`; `people` and `statuses` of `seed`, which was moved there. Everyone of the
  // crowd has come. Throws std::runtime_error.
  NodesStage(const RunSize& size, const OwnPostgres& postgres, const std::string& database,
             const Seeded& seed, std::size_t nodes, const Crowd& crowd);

  // The next `count` people come to that node and follow everyone.
  void come(std::size_t node, std::size_t count);

  std::size_t size() const { return nodes_.size(); }
  bool watches(std::size_t link) const { return link >= crowd_.writers && link < watchers_end(); }
  // Behind the first writers and watchers.
  std::size_t watchers_end() const { return crowd_.writers + crowd_.watchers * nodes_.size(); }
  ServerProcess& operator[](std::size_t node) { return nodes_[node]; }
  Fleet& fleet() { return fleet_; }
  // Who follow everyone.
  std::size_t followers() const { return fleet_.size() - crowd_.writers; }
  // Writers of all nodes, or of the first only.
  void write(Changes& changes, bool all_nodes) const;

  // Of all nodes together that run.
  Nanos cpu() const;
  Nanos waited() const;  // their threads, for the core
  Nanos slowest_start() const;

 private:
  Crowd crowd_;
  std::deque<ServerProcess> nodes_;
  Fleet fleet_;
};

}  // namespace pastille::bench
