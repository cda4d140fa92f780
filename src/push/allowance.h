// How fast a client may speak: a bucket that holds a burst and fills at a rate. One thread.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/limits.h"
#include "core/time.h"

namespace pastille::push {

class Allowance {
 public:
  // One frame; false: too fast.
  bool take(Instant now) {
    if (used_ > 0) {
      const auto elapsed = (now - from_).count();
      const std::int64_t back = elapsed * limits::kFramesPerSecond / 1000;
      used_ = static_cast<std::int32_t>(std::max<std::int64_t>(0, used_ - back));
      from_ += Duration(back * 1000 / limits::kFramesPerSecond);
    }
    if (used_ == 0) from_ = now;
    if (used_ >= limits::kFrameBurst) return false;
    ++used_;
    return true;
  }

 private:
  Instant from_{};         // up to here the bucket was filled
  std::int32_t used_ = 0;  // of the burst
};

}  // namespace pastille::push
