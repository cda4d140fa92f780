// Threads for what waits for the provider, so that neither I/O threads nor the workspace do.
// Bounded: limits::kOidcThreads work, limits::kOidcWaiting wait. Thread-safe. The destructor lets
// what runs end, drops what waits and joins.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/limits.h"

namespace pastille::oidc {

class Workers {
 public:
  using Job = std::move_only_function<void()>;

  explicit Workers(std::size_t threads = limits::kOidcThreads) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False: too many wait, or it is stopping; the job is dropped.
  bool enqueue(Job& job) {
    const std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= limits::kOidcWaiting) return false;
    jobs_.push_back(std::move(job));
    woken_.notify_one();
    return true;
  }
  const std::atomic<bool>& stopping() const { return stopping_; }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      jobs_.clear();
    }
    woken_.notify_all();
    for (std::thread& each : threads_) each.join();
    threads_.clear();
  }

 private:
  void work() {
    while (true) {
      Job job;
      {
        std::unique_lock lock(mutex_);
        woken_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (stopping_) return;
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      job();
    }
  }

  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<Job> jobs_;  // guarded by mutex_
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;
};

}  // namespace pastille::oidc
