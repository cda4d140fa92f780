// Threads that may block on the database: histories, audit, message texts. Tasks wait in a queue of
// at most 1,000. stop(), and the destructor, finish what runs, drop what waits, and join; what is
// given later is not taken. A task that throws ends the process: it answers for itself.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pastille::http {

class ReaderPool {
 public:
  explicit ReaderPool(std::size_t threads);
  ~ReaderPool() { stop(); }
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;

  void stop();
  // False: too many wait already, or it was stopped; the task was not taken.
  [[nodiscard]] bool run(std::move_only_function<void()>& task);

 private:
  void work();

  std::mutex mutex_;  // guards the two below
  std::deque<std::move_only_function<void()>> waiting_;
  bool stopping_ = false;
  std::condition_variable wake_;
  std::vector<std::jthread> threads_;
};

}  // namespace pastille::http
