#include "auth/password_pool.h"

#include <pthread.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

namespace pastille::auth {
namespace {

std::string argon2id(const std::string& password, const PasswordCost& cost) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), cost.operations,
                            cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("not enough memory to hash a password");
  }
  return out.data();
}

void forget(std::string& password) { sodium_memzero(password.data(), password.size()); }

}  // namespace

std::size_t PasswordPool::threads_on(std::size_t cores) {
  return std::max<std::size_t>(1, cores / 2);
}

std::size_t PasswordPool::default_threads() {
  return threads_on(std::thread::hardware_concurrency());
}

PasswordPool::PasswordPool(std::size_t threads, PasswordCost cost)
    : cost_(cost), jitter_(std::random_device{}()) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  decoy_ = argon2id("nobody's", cost_);
  for (std::size_t count = 0; count < threads; ++count) threads_.emplace_back([this] { work(); });
}

PasswordPool::~PasswordPool() {
  std::deque<Job> left;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    left.swap(jobs_);
  }
  woken_.notify_all();
  for (std::thread& each : threads_) each.join();
  const Refusal refusal{.problem = Problem::kUnavailable,
                        .detail = "The server is stopping. Try again in a moment.",
                        .retry_after = std::chrono::seconds(2)};
  for (Job& each : left) each(&refusal);
}

void PasswordPool::verify(std::string hash, std::string password,
                          std::move_only_function<void(Result<bool>)> done) {
  enqueue([this, hash = std::move(hash), password = std::move(password),
           done = std::move(done)](const Refusal* refusal) mutable {
    if (refusal != nullptr) return done(std::unexpected(*refusal));
    const std::string& against = hash.empty() ? decoy_ : hash;
    errno = 0;
    const bool right =
        crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
    const bool tried = right || errno == EINVAL;  // else there was no memory to find out
    forget(password);
    if (!tried)
      return done(refuse(Problem::kUnavailable, "There is too little memory to sign in."));
    done(right && !hash.empty());
  });
}

void PasswordPool::hash(std::string password,
                        std::move_only_function<void(Result<std::string>)> done) {
  enqueue([this, password = std::move(password),
           done = std::move(done)](const Refusal* refusal) mutable {
    if (refusal != nullptr) return done(std::unexpected(*refusal));
    Result<std::string> made;
    try {
      made = argon2id(password, cost_);
    } catch (const std::runtime_error& failure) {
      made = refuse(Problem::kUnavailable, failure.what());
    }
    forget(password);
    done(std::move(made));
  });
}

void PasswordPool::enqueue(Job job) {
  Refusal refusal;
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && jobs_.size() < kWaiting) {
      jobs_.push_back(std::move(job));
      woken_.notify_one();
      return;
    }
    refusal = busy();
  }
  job(&refusal);
}

// Spreads those who come back: 5 to 20 s.
Refusal PasswordPool::busy() {
  return Refusal{.problem = Problem::kUnavailable,
                 .detail = "Too many people are signing in at this moment. Try again shortly.",
                 .retry_after = std::chrono::seconds(5 + jitter_() % 16)};
}

void PasswordPool::work() {
  pthread_setname_np(pthread_self(), "passwords");
  setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kNiceness);
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job(nullptr);
  }
}

}  // namespace pastille::auth
