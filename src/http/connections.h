// The connections of one Server, so that they can be counted and closed. Of one I/O thread.
#pragma once

#include <cstddef>
#include <unordered_set>

#include "http/parts.h"

namespace pastille::http {

class Connection;

class Connections {
 public:
  explicit Connections(Observer& observer) : observer_(observer) {}
  void add(Connection* connection) {
    all_.insert(connection);
    observer_.connections_changed(1);
  }
  void remove(Connection* connection) {
    all_.erase(connection);
    observer_.connections_changed(-1);
  }
  std::size_t size() const { return all_.size(); }
  const std::unordered_set<Connection*>& all() const { return all_; }

 private:
  Observer& observer_;
  std::unordered_set<Connection*> all_;
};

}  // namespace pastille::http
