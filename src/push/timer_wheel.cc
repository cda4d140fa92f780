#include "push/timer_wheel.h"

#include <algorithm>

namespace pastille::push {

void WheelEntry::drop() {
  if (next_ == nullptr) return;
  next_->previous_ = previous_;
  previous_->next_ = next_;
  next_ = previous_ = nullptr;
}

TimerWheel::TimerWheel(std::chrono::milliseconds slot, Instant now) : slot_(slot), turned_(0) {
  turned_ = slots_at(now);
  for (WheelEntry& head : wheel_) head.next_ = head.previous_ = &head;
}

void TimerWheel::set(WheelEntry& entry, Instant due) {
  entry.drop();
  // The slot in which `due` lies is turned when it is over, or a part of it would be too early.
  entry.due_ = std::max(slots_at(due) + 1, turned_ + 1);
  hang(entry, slot_of(entry.due_));
}

void TimerWheel::hang(WheelEntry& entry, WheelEntry& slot) {
  entry.next_ = &slot;
  entry.previous_ = slot.previous_;
  slot.previous_->next_ = &entry;
  slot.previous_ = &entry;
}

void TimerWheel::move_all(WheelEntry& from, WheelEntry& to) {
  if (from.next_ == &from) {
    to.next_ = to.previous_ = &to;
    return;
  }
  to.next_ = from.next_;
  to.previous_ = from.previous_;
  to.next_->previous_ = &to;
  to.previous_->next_ = &to;
  from.next_ = from.previous_ = &from;
}

}  // namespace pastille::push
