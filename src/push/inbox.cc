#include "push/inbox.h"

#include <boost/asio/post.hpp>

namespace pastille::push {

void Inbox::leave(InboxItem item) {
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  items_.push_back(std::move(item));
  if (woken_) return;
  woken_ = true;
  boost::asio::post(io_, [self = shared_from_this()] { self->work_off(); });
}

void Inbox::work_off() {
  std::vector<InboxItem> items;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    items.swap(items_);
    woken_ = false;
  }
  take_(std::move(items));
}

void Inbox::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  items_.clear();
}

}  // namespace pastille::push
