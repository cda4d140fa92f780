// Threads that may block on the database or take a while: histories, audit, message texts, lists of
// all people, answers that are made once for everybody. A fair queue: people take turns, one task
// of each at a time, so that who asks for much waits for themselves. Bounded in all and by person.
// stop(), and the destructor, finish what runs, drop what waits, and join; what is given later is
// not taken. A task that throws ends the process: it answers for itself. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "core/ids.h"

namespace pastille::http {

class ReaderPool {
 public:
  using Task = std::move_only_function<void()>;
  enum class Full : std::uint8_t { kAll, kPerson };

  explicit ReaderPool(std::size_t threads);
  ~ReaderPool() { stop(); }
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;

  // For this person; {}: for everybody. Too many wait already: the task was not taken.
  [[nodiscard]] std::expected<void, Full> run(UserId user, Task& task);
  // Nothing is taken any more.
  void stop();

 private:
  struct Turn {
    std::deque<Task> waiting;
    bool running = false;
  };
  void work();
  void end_turn(UserId user);

  std::mutex mutex_;  // guards all below but the threads
  std::map<UserId, Turn> turns_;
  std::deque<UserId> next_;  // those of turns_ who wait and do not run, in their order
  std::size_t waiting_ = 0;
  bool stopping_ = false;
  std::condition_variable wake_;
  std::vector<std::jthread> threads_;
};

}  // namespace pastille::http
