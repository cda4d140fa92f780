// argon2id on threads of its own, below the I/O threads in priority: 64 MiB and 60 to 80 ms each.
// At most half of the cores work at it; at most kWaiting wait, then kUnavailable with a jittered
// Retry-After. Thread-safe. The destructor refuses what still waits and joins.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "app/ports/identity.h"

namespace pastille::auth {

// The cost of one hash. kStrong is what passwords get; tests may take less.
struct PasswordCost {
  unsigned long long operations = 2;
  std::size_t memory_bytes = std::size_t{64} * 1024 * 1024;
};
inline constexpr PasswordCost kStrong{};

class PasswordPool final : public Passwords {
 public:
  static constexpr int kNiceness =
      10;  // below I/O: signing in may wait, a change of status may not
  static constexpr std::size_t kWaiting = 200;  // a shift that starts: 16 s of work on one core

  explicit PasswordPool(std::size_t threads = default_threads(), PasswordCost cost = kStrong);
  ~PasswordPool() override;
  PasswordPool(const PasswordPool&) = delete;
  PasswordPool& operator=(const PasswordPool&) = delete;

  void verify(std::string hash, std::string password,
              std::move_only_function<void(Result<bool>)> done) override;
  void hash(std::string password, std::move_only_function<void(Result<std::string>)> done) override;

  // Half of the cores, at least one.
  static std::size_t threads_on(std::size_t cores);
  static std::size_t default_threads();

 private:
  // nullptr: do it; else: it is not done, and why.
  using Job = std::move_only_function<void(const Refusal*)>;
  void enqueue(Job job);
  void work();
  Refusal busy();

  PasswordCost cost_;
  std::string decoy_;  // a hash of nobody's password, for logins that do not exist
  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<Job> jobs_;     // guarded by mutex_
  bool stopping_ = false;    // guarded by mutex_
  std::minstd_rand jitter_;  // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace pastille::auth
