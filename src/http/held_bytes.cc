#include "http/held_bytes.h"

#include "core/limits.h"

namespace pastille::http {

HeldBytes::Place HeldBytes::hold(UserId user, std::size_t bytes) {
  {
    const std::lock_guard lock(mutex_);
    std::size_t& held = held_[user];
    if (held + bytes > limits::kHeldPerPerson) {
      if (held == 0) held_.erase(user);
      return nullptr;
    }
    held += bytes;
  }
  return {this,
          [self = shared_from_this(), user, bytes](const void*) { self->give_back(user, bytes); }};
}

void HeldBytes::give_back(UserId user, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(user);
  found->second -= bytes;
  if (found->second == 0) held_.erase(found);
}

}  // namespace pastille::http
