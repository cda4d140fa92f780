#include "http/live_places.h"

namespace pastille::http {

std::shared_ptr<const void> LivePlaces::enter(UserId user) {
  {
    const std::lock_guard lock(mutex_);
    std::size_t& open = open_[user];
    if (open >= most_) return nullptr;
    ++open;
  }
  // What it points to is nothing: it is there for its end.
  return {static_cast<const void*>(this),
          [self = shared_from_this(), user](const void*) { self->leave(user); }};
}

void LivePlaces::leave(UserId user) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(user);
  if (--found->second == 0) open_.erase(found);
}

std::size_t LivePlaces::people() const {
  const std::lock_guard lock(mutex_);
  return open_.size();
}

}  // namespace pastille::http
