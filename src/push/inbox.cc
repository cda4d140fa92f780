#include "push/inbox.h"

#include <boost/asio/post.hpp>

#include "core/limits.h"

namespace pastille::push {

void Inbox::leave(InboxItem item) {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  const auto* bulletin = std::get_if<std::shared_ptr<const Bulletin>>(&item);
  if (bulletin != nullptr && merge_into_last(**bulletin)) return;
  if (!std::holds_alternative<Errand>(item)) {
    merged_ = nullptr;
    last_bulletin_ = std::nullopt;
    if (bulletin != nullptr) {
      last_bulletin_ = items_.size();
      ++bulletins_;
    }
  }
  items_.push_back(std::move(item));
  if (woken_) return;
  woken_ = true;
  boost::asio::post(io_, [self = shared_from_this()] { self->work_off(); });
}

// Errands that stand behind it find a newer state than they wait for, which is as good.
bool Inbox::merge_into_last(const Bulletin& bulletin) {
  if (bulletins_ < limits::kBulletinsWaiting || !last_bulletin_) return false;
  if (merged_ == nullptr) {
    auto& last = std::get<std::shared_ptr<const Bulletin>>(items_[*last_bulletin_]);
    merged_ = std::make_shared<Bulletin>(*last);  // other hubs may be reading it
    last = merged_;
  }
  merge(*merged_, bulletin);
  return true;
}

void Inbox::work_off() {
  std::vector<InboxItem> items;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    items.swap(items_);
    bulletins_ = 0;
    last_bulletin_ = std::nullopt;
    merged_ = nullptr;
    woken_ = false;
  }
  take_(std::move(items));
}

void Inbox::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  items_.clear();
  bulletins_ = 0;
  last_bulletin_ = std::nullopt;
  merged_ = nullptr;
}

}  // namespace pastille::push
