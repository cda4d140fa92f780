// Passwords and secrets, as ports: auth/ implements them with libsodium.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/clear_secret.h"
#include "core/refusal.h"
#include "core/sessions.h"

namespace pastille {

// argon2id on worker threads: 60 to 80 ms and up to 64 MiB each. Thread-safe. Callbacks come on a
// worker thread. When the queue is full (200) the callback gets kUnavailable with retry_after at
// once, on the calling thread.
class Passwords {
 public:
  virtual ~Passwords() = default;
  // An empty hash takes the same time and is always false: unknown logins answer no faster.
  virtual void verify(std::string hash, std::string password,
                      std::move_only_function<void(Result<bool>)> done) = 0;
  virtual void hash(std::string password,
                    std::move_only_function<void(Result<std::string>)> done) = 0;
};

// 256 random bits as text (base64url, with a prefix such as "pst_"), and the hash that is stored.
class Secrets {
 public:
  virtual ~Secrets() = default;
  virtual ClearSecret make(std::string_view prefix) = 0;
  // For people to write down (core/recovery_code.h).
  virtual ClearSecret make_recovery_code() = 0;
  SecretHash hash(const ClearSecret& secret) const { return hash(secret.reveal()); }
  virtual SecretHash hash(std::string_view secret) const = 0;
};

}  // namespace pastille
