// People who sign in at the same time, each on a connection of their own that they keep: who is in
// signs in once more at once; who is turned away comes back a second later, which is sooner than
// the server asks for and than the page does. A thread of its own, on the load's core; the counts
// may be read from any other.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "bench/tls_client.h"

namespace pastille::bench {

class Rush {
 public:
  // One for each login. Throws std::system_error when it cannot connect.
  Rush(std::uint16_t port, bool tls, const std::vector<std::string>& logins,
       const std::string& password);
  ~Rush();
  Rush(const Rush&) = delete;
  Rush& operator=(const Rush&) = delete;

  std::uint64_t signed_in() const { return signed_in_; }
  std::uint64_t turned_away() const { return turned_away_; }  // 503, and 429: 20 from an address
  std::uint64_t otherwise() const { return otherwise_; }      // answers that should not come
  bool broken() const { return broken_; }                     // the server hung up

 private:
  struct Visitor {
    int descriptor = -1;
    Tls tls;  // nullptr: without
    std::string request;
    std::string in;
    bool waits = false;  // for an answer
    std::chrono::steady_clock::time_point next{};
  };

  void connect(Visitor& visitor, std::uint16_t port);
  void run(const std::stop_token& stop);
  void ask(Visitor& visitor);
  void read(Visitor& visitor);
  void answered(Visitor& visitor);

  TlsContext context_;
  std::vector<Visitor> visitors_;  // of the thread, once it runs
  std::atomic<std::uint64_t> signed_in_ = 0;
  std::atomic<std::uint64_t> turned_away_ = 0;
  std::atomic<std::uint64_t> otherwise_ = 0;
  std::atomic<bool> broken_ = false;
  std::jthread thread_;
};

}  // namespace pastille::bench
