// Hears of commits of other nodes (LISTEN) on a connection and a thread of its own, which asks
// again each second while the database is not to be reached. What it hears only wakes: what is lost
// meanwhile is found by the next look at the database (app/ports/nodes.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace pastille::postgres {

class Listener {
 public:
  // `heard`: up to which seq somebody has committed; called on the listener's thread.
  Listener(std::string conninfo, std::function<void(std::uint64_t)> heard);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

 private:
  void run();
  void listen();

  std::string conninfo_;
  std::function<void(std::uint64_t)> heard_;
  std::atomic<bool> stopping_{false};
  int stop_pipe_[2] = {-1, -1};  // written to when it is to stop
  std::thread thread_;
};

}  // namespace pastille::postgres
