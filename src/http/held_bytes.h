// How much lies in memory for one person: answers that their clients have not taken yet, and bodies
// on their way in. So that whoever asks and does not read meets a limit of their own. Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "core/ids.h"
#include "core/refusal.h"

namespace pastille::http {

class HeldBytes : public std::enable_shared_from_this<HeldBytes> {
 public:
  // Held as long as the bytes are there; given back by its destruction, on any thread.
  using Place = std::shared_ptr<const void>;

  // By make_shared only. nullptr: with these it would be more than limits::kHeldPerPerson.
  Place hold(UserId user, std::size_t bytes);

 private:
  void give_back(UserId user, std::size_t bytes);

  std::mutex mutex_;
  std::unordered_map<UserId, std::size_t> held_;  // guarded by mutex_; whoever holds nothing is out
};

inline Refusal too_much_held() {
  return {.problem = Problem::kTooMany,
          .detail = "Your clients have not taken the answers that wait for them. Read those first.",
          .retry_after = std::chrono::seconds(5)};
}

}  // namespace pastille::http
