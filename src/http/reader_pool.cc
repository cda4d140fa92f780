#include "http/reader_pool.h"

#include <pthread.h>

#include <utility>

#include "core/limits.h"

namespace pastille::http {

ReaderPool::ReaderPool(std::size_t threads) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

void ReaderPool::stop() {
  std::map<UserId, Turn> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    next_.clear();
    waiting_ = 0;
    for (auto& [user, turn] : turns_) dropped[user].waiting.swap(turn.waiting);
  }
  wake_.notify_all();
  threads_.clear();
}

std::expected<void, ReaderPool::Full> ReaderPool::run(UserId user, Task& task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_ >= limits::kReadsWaiting) return std::unexpected(Full::kAll);
    Turn& turn = turns_[user];
    if (user && turn.waiting.size() >= limits::kReadsPerPerson) {
      return std::unexpected(Full::kPerson);
    }
    if (turn.waiting.empty() && !turn.running) next_.push_back(user);
    turn.waiting.push_back(std::move(task));
    ++waiting_;
  }
  wake_.notify_one();
  return {};
}

void ReaderPool::work() {
  pthread_setname_np(pthread_self(), "reader");
  for (;;) {
    UserId user;
    Task task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !next_.empty(); });
      if (stopping_) return;
      user = next_.front();
      next_.pop_front();
      Turn& turn = turns_.find(user)->second;
      task = std::move(turn.waiting.front());
      turn.waiting.pop_front();
      --waiting_;
      turn.running = true;
    }
    task();
    task = nullptr;
    end_turn(user);
  }
}

void ReaderPool::end_turn(UserId user) {
  const std::lock_guard lock(mutex_);
  const auto turn = turns_.find(user);
  turn->second.running = false;
  if (turn->second.waiting.empty()) {
    turns_.erase(turn);
    return;
  }
  next_.push_back(user);
  wake_.notify_one();
}

}  // namespace pastille::http
