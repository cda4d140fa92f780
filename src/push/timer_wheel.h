// Many coarse timers for the price of one: entries hang in slots of equal length, and a turn takes
// out what has come due. Setting and dropping are O(1) and allocate nothing; an entry lies in what
// it times. An entry fires at its time or up to one slot later, never earlier.
//
// Entries must not move and must be dropped (or destroyed) before their wheel. One thread.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include "core/time.h"

namespace pastille::push {

class TimerWheel;

class WheelEntry {
 public:
  WheelEntry() = default;
  ~WheelEntry() { drop(); }
  WheelEntry(const WheelEntry&) = delete;
  WheelEntry& operator=(const WheelEntry&) = delete;

  void drop();
  bool set() const { return next_ != nullptr; }

 private:
  friend class TimerWheel;
  WheelEntry* next_ = nullptr;
  WheelEntry* previous_ = nullptr;
  std::int64_t due_ = 0;  // in slots since the epoch of the steady clock
};

class TimerWheel {
 public:
  static constexpr std::size_t kSlots = 512;

  TimerWheel(std::chrono::milliseconds slot, Instant now);

  std::chrono::milliseconds slot_length() const { return slot_; }
  void set(WheelEntry& entry, Instant due);
  // Calls fire(WheelEntry&) for what is due; it may set and drop any entry.
  template <class Fire>
  void turn(Instant now, Fire fire) {
    const std::int64_t until = slots_at(now);
    while (turned_ < until) {
      ++turned_;
      WheelEntry due;  // what hangs here moves over first, so that firing may change the slot
      move_all(slot_of(turned_), due);
      while (due.next_ != &due) {
        WheelEntry& entry = *due.next_;
        entry.drop();
        if (entry.due_ > turned_) {
          hang(entry, slot_of(entry.due_));  // a later round
        } else {
          fire(entry);
        }
      }
      due.next_ = nullptr;
    }
  }

 private:
  std::int64_t slots_at(Instant at) const { return at.time_since_epoch() / slot_; }
  WheelEntry& slot_of(std::int64_t slot) { return wheel_[static_cast<std::size_t>(slot) % kSlots]; }
  static void hang(WheelEntry& entry, WheelEntry& slot);
  static void move_all(WheelEntry& from, WheelEntry& to);

  std::chrono::milliseconds slot_;
  std::int64_t turned_;                     // the last slot that was turned
  std::array<WheelEntry, kSlots> wheel_{};  // heads of rings
};

}  // namespace pastille::push
