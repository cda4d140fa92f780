#include "http/reader_pool.h"

#include <pthread.h>

#include "core/limits.h"

namespace pastille::http {

ReaderPool::ReaderPool(std::size_t threads) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

void ReaderPool::stop() {
  std::deque<std::move_only_function<void()>> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(waiting_);
  }
  wake_.notify_all();
  threads_.clear();
}

bool ReaderPool::run(std::move_only_function<void()>& task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= limits::kReadsWaiting) return false;
    waiting_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

void ReaderPool::work() {
  pthread_setname_np(pthread_self(), "reader");
  for (;;) {
    std::move_only_function<void()> task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task();
  }
}

}  // namespace pastille::http
