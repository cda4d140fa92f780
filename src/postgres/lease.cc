#include "postgres/lease.h"

#include <pthread.h>

#include <utility>

#include "core/limits.h"

namespace pastille::postgres {

Lease::Lease(std::string conninfo)
    : conninfo_(std::move(conninfo)), came_round_(std::chrono::steady_clock::now()) {
  thread_ = std::thread([this] { run(); });
}

Lease::~Lease() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  thread_.join();
}

void Lease::keep(NodeId node) {
  const std::lock_guard lock(mutex_);
  node_ = node;
}

void Lease::writer_came_round() { came_round_ = std::chrono::steady_clock::now(); }

void Lease::run() {
  pthread_setname_np(pthread_self(), "lease");
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, limits::kRenewEvery, [&] { return stopping_; })) {
    const bool hangs = std::chrono::steady_clock::now() - came_round_.load() > limits::kWriterHangs;
    if (!node_ || hangs) continue;
    const NodeId node = node_;
    lock.unlock();
    renew(node);
    lock.lock();
  }
}

// A node that was taken for dead meanwhile has no row any more, and stays dead.
void Lease::renew(NodeId node) {
  try {
    if (!database_) database_.emplace(conninfo_);
    database_->statement("UPDATE nodes SET looked_at = database_now() WHERE id = ?")
        .bind(node.number)
        .run();
  } catch (const PostgresFailure&) {
    database_.reset();
  }
}

}  // namespace pastille::postgres
